"""One engine in a process of its own, driven by lines of JSON on standard input and output.

A request is {"sql": "..."}; the answer {"seconds": 1.23, "rows": 4} or {"error": "..."}. The time is
from handing over the text to having all rows of the result in this process. Frazil's twin of this
file is the hidden command `frazil peer`.
"""

import json
import os
import sys
import time


def duckdb_engine(tables, threads):
    import duckdb

    connection = duckdb.connect(config={"threads": threads})
    for name, file in tables.items():
        escaped = file.replace("'", "''")
        connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{escaped}')")

    def run(sql):
        result = connection.sql(sql)
        return 0 if result is None else result.to_arrow_table().num_rows

    return run


def datafusion_engine(tables, threads):
    import datafusion

    context = datafusion.SessionContext(
        datafusion.SessionConfig().with_target_partitions(threads)
    )
    for name, file in tables.items():
        context.register_parquet(name, file)

    def run(sql):
        return sum(batch.num_rows for batch in context.sql(sql).collect())

    return run


ENGINES = {"duckdb": duckdb_engine, "datafusion": datafusion_engine}


def main():
    engine, threads, tables = sys.argv[1], int(sys.argv[2]), json.loads(sys.argv[3])
    # DataFusion sizes its runtime by this, as it has no setting for it.
    os.environ["TOKIO_WORKER_THREADS"] = str(threads)
    run = ENGINES[engine](tables, threads)
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        try:
            sql = json.loads(line)["sql"]
            start = time.perf_counter()
            rows = run(sql)
            answer = {"seconds": time.perf_counter() - start, "rows": rows}
        except Exception as e:  # An engine's failure is a result of the benchmark.
            answer = {"error": str(e).splitlines()[0]}
        print(json.dumps(answer), flush=True)


main()
