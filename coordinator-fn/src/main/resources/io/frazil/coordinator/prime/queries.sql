SELECT flag, sum(quantity) AS quantity, sum(price * (1 - discount)) AS sold,
  avg(price) AS price, avg(weight), count(*) AS lines
FROM lines
WHERE shipped <= DATE '1998-12-01' - INTERVAL '90' DAY
GROUP BY flag
ORDER BY flag;

SELECT sum(price * discount) AS revenue
FROM lines
WHERE shipped >= DATE '1994-01-01' AND shipped < DATE '1994-01-01' + INTERVAL '3' YEAR
  AND discount BETWEEN 0.01 AND 0.08 AND quantity < 24;

SELECT o.order_id, sum(l.price * (1 - l.discount)) AS revenue, o.ordered
FROM customers c, orders o, lines l
WHERE c.region = 'NORTH' AND c.customer = o.customer AND l.order_id = o.order_id
  AND o.ordered < DATE '1997-03-15'
GROUP BY o.order_id, o.ordered
ORDER BY revenue DESC, o.ordered
LIMIT 10;

SELECT o.status, count(*) AS orders
FROM orders o
WHERE EXISTS (SELECT * FROM lines l WHERE l.order_id = o.order_id AND l.weight < l.quantity)
GROUP BY o.status
ORDER BY o.status;

SELECT c.region, extract(YEAR FROM o.ordered) AS y, sum(l.price) AS volume
FROM customers c
JOIN orders o ON c.customer = o.customer
JOIN lines l ON l.order_id = o.order_id
JOIN parts p ON p.part = l.part
WHERE (c.region = 'NORTH' AND p.container IN ('SM BOX', 'SM CASE') AND p.size BETWEEN 1 AND 15)
  OR (c.region = 'EAST' AND p.container IN ('LG CASE') AND p.size > 5)
GROUP BY c.region, extract(YEAR FROM o.ordered)
ORDER BY c.region, y DESC;

SELECT c_orders, count(*) AS customers
FROM (
  SELECT c.customer, count(o.order_id) AS c_orders
  FROM customers c LEFT OUTER JOIN orders o
    ON c.customer = o.customer AND o.comment NOT LIKE '%special%requests%'
  GROUP BY c.customer
) AS per_customer
GROUP BY c_orders
ORDER BY customers DESC, c_orders DESC;

SELECT sum(CASE WHEN p.name LIKE 'forest%' THEN l.price * (1 - l.discount) ELSE 0 END) * 100.00
  / sum(l.price * (1 - l.discount)) AS share
FROM lines l, parts p
WHERE l.part = p.part AND l.shipped >= DATE '1995-01-01';

WITH revenue AS (
  SELECT part, sum(price * (1 - discount)) AS total FROM lines GROUP BY part
)
SELECT p.part, p.name, r.total
FROM parts p, revenue r
WHERE p.part = r.part AND r.total = (SELECT max(total) FROM revenue)
ORDER BY p.part;

SELECT sum(l.price) / 7.0 AS yearly
FROM lines l, parts p
WHERE p.part = l.part AND p.container = 'MED BAG'
  AND l.quantity < (SELECT 2.0 * avg(i.quantity) FROM lines i WHERE i.part = p.part);

SELECT c.name, o.order_id, sum(l.quantity) AS quantity
FROM customers c, orders o, lines l
WHERE o.order_id IN (SELECT order_id FROM lines GROUP BY order_id HAVING sum(quantity) > 3)
  AND c.customer = o.customer AND o.order_id = l.order_id
GROUP BY c.name, o.order_id
ORDER BY quantity DESC, c.name
LIMIT 100;

SELECT substring(c.name FROM 1 FOR 1) AS letter, count(DISTINCT c.region) AS regions, sum(c.balance) AS balance
FROM customers c
WHERE c.balance > (SELECT avg(balance) FROM customers WHERE balance > 0.00)
  OR NOT EXISTS (SELECT * FROM orders o WHERE o.customer = c.customer)
GROUP BY substring(c.name FROM 1 FOR 1)
ORDER BY letter;

SELECT p.container, p.size, count(DISTINCT l.order_id) AS orders
FROM lines l, parts p
WHERE p.part = l.part AND p.name NOT LIKE 'red%' AND p.size IN (9, 12, 49)
  AND l.order_id NOT IN (SELECT order_id FROM orders WHERE comment LIKE '%none%')
GROUP BY p.container, p.size
ORDER BY orders DESC, p.container;

SELECT name FROM customers WHERE region = 'EAST'
UNION ALL
SELECT name FROM parts
ORDER BY name
LIMIT 5
