CREATE TABLE customers AS
SELECT * FROM (VALUES
  (CAST(1 AS BIGINT), 'Ada', 'NORTH', CAST(120.50 AS DECIMAL(15, 2))),
  (2, 'Grace', 'NORTH', 10.00), (3, 'Edsger', 'SOUTH', -5.25), (4, 'Barbara', 'EAST', 77.00),
  (5, 'Alan', 'WEST', 0.00), (6, 'Kurt', 'EAST', 3.10)
) AS t (customer, name, region, balance);

CREATE TABLE orders AS
SELECT * FROM (VALUES
  (CAST(10 AS BIGINT), CAST(1 AS BIGINT), DATE '1995-01-02', 'O', CAST(100.00 AS DECIMAL(15, 2)), 'frazil ice'),
  (11, 1, DATE '1995-03-02', 'F', 20.00, 'special requests'), (12, 2, DATE '1996-01-02', 'O', 30.00, 'moving water'),
  (13, 3, DATE '1996-07-09', 'F', 45.50, 'special deposits'), (14, 4, DATE '1997-12-31', 'P', 7.25, 'none'),
  (15, 4, DATE '1998-02-28', 'O', 300.00, 'loose crystals'), (16, 6, DATE '1994-04-04', 'F', 1.00, 'express')
) AS t (order_id, customer, ordered, status, total, comment);

CREATE TABLE lines AS
SELECT * FROM (VALUES
  (CAST(10 AS BIGINT), CAST(1 AS INTEGER), 7, CAST(3.00 AS DECIMAL(15, 2)), CAST(50.00 AS DECIMAL(15, 2)), CAST(0.05 AS DECIMAL(15, 2)), 'A', DATE '1995-02-01', CAST(1.5 AS DOUBLE)),
  (10, 2, 8, 1.00, 20.00, 0.06, 'N', DATE '1995-02-03', 2.5), (11, 1, 7, 9.00, 10.00, 0.00, 'R', DATE '1995-03-09', 0.5),
  (12, 1, 9, 24.00, 15.00, 0.10, 'A', DATE '1996-01-22', 9.0), (13, 1, 8, 2.00, 40.00, 0.07, 'N', DATE '1996-08-01', 1.0),
  (14, 1, 9, 5.00, 7.25, 0.01, 'N', DATE '1998-01-05', 4.0), (15, 1, 7, 11.00, 290.00, 0.02, 'R', DATE '1998-03-05', 3.5),
  (15, 2, 8, 4.00, 10.00, 0.04, 'A', DATE '1998-03-06', 7.5), (16, 1, 9, 6.00, 1.00, 0.03, 'R', DATE '1994-05-01', 8.0)
) AS t (order_id, line, part, quantity, price, discount, flag, shipped, weight);

CREATE TABLE parts AS
SELECT * FROM (VALUES
  (CAST(7 AS INTEGER), 'forest blade', 'SM BOX', 12), (8, 'green shaft', 'MED BAG', 9), (9, 'red disk', 'LG CASE', 30)
) AS t (part, name, container, size);

INSERT INTO lines SELECT * FROM lines WHERE line = 1;
