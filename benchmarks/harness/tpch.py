"""TPC-H on Frazil, DuckDB and DataFusion side by side.

Each engine runs in a long-lived process of its own on the same Parquet files and the same number of
threads. A run is a pass over all queries, as in TPC-H's power test; at each query the engines take
turns, so that a machine that slows down slows all of them. Quote the ratios, which hold, rather than
the times, which drift.
"""

import argparse
import json
import math
import platform
import re
import statistics
import subprocess
import sys
from datetime import datetime, timezone
from pathlib import Path

import engines

HERE = Path(__file__).resolve().parent
TARGET = HERE.parent / "target"
QUERIES = HERE.parent / "queries" / "tpch"
TABLES = ["customer", "lineitem", "nation", "orders", "part", "partsupp", "region", "supplier"]
ENGINES = ["frazil", "duckdb", "datafusion"]


def arguments():
    parser = argparse.ArgumentParser(prog="benchmarks/tpch", description=__doc__)
    parser.add_argument("--scale", default="1", help="TPC-H scale factor (default 1)")
    parser.add_argument("--threads", type=int, default=2, help="threads of each (default 2)")
    parser.add_argument("--queries", default="", help="e.g. 1,6 or 1-5 (default all 22)")
    parser.add_argument("--runs", type=int, default=5, help="counted runs a query (default 5)")
    parser.add_argument("--json", metavar="FILE", help="write all numbers there, too")
    parser.add_argument("--engines", default=",".join(ENGINES), help="which of them, in order")
    parser.add_argument("--memory", default="1200MB", help="Frazil's limit (default 1200MB)")
    parser.add_argument(
        "--in-a-row", action="store_true", help="all runs of a query before the next query"
    )
    options = parser.parse_args()
    options.engines = options.engines.split(",")
    unknown = [name for name in options.engines if name not in ENGINES]
    if unknown:
        parser.error(f"unknown engine {unknown[0]!r}; there are {', '.join(ENGINES)}")
    if options.threads < 1 or options.runs < 1:
        parser.error("--threads and --runs take a positive number")
    options.queries = query_numbers(parser, options.queries)
    return options


def query_numbers(parser, text):
    numbers = []
    for part in text.split(",") if text else ["1-22"]:
        match = re.fullmatch(r"(\d+)(?:-(\d+))?", part.strip())
        if not match:
            parser.error(f"--queries takes numbers and ranges, not {part!r}")
        first, last = int(match[1]), int(match[2] or match[1])
        if not 1 <= first <= last <= 22:
            parser.error(f"TPC-H has queries 1 to 22, not {part}")
        numbers.extend(range(first, last + 1))
    return numbers


def data(scale):
    """The tables as files by tpchgen-cli: zstd level 1, its default row groups."""
    folder = TARGET / f"tpch-sf{scale}"
    if not (folder / "complete").exists():
        print(f"Generating TPC-H at scale {scale} into {folder} ...", file=sys.stderr)
        command = [Path(sys.executable).parent / "tpchgen-cli", "parquet", "-s", scale]
        command += ["--compression", "ZSTD(1)", "--output-dir", folder]
        subprocess.run(command, check=True)
        (folder / "complete").touch()
    return {table: folder / f"{table}.parquet" for table in TABLES}


def warehouse(scale, tables):
    """The same files as Iceberg tables, registered without rewriting them."""
    folder = TARGET / f"warehouse-sf{scale}"
    if not (folder / "complete").exists():
        print(f"Registering them as Iceberg tables in {folder} ...", file=sys.stderr)
        for table, file in tables.items():
            command = [engines.ROOT / "frazil", "import", "--warehouse", folder, "--analyze"]
            subprocess.run([*command, table, file], check=True, stdout=subprocess.DEVNULL)
        (folder / "complete").touch()
    return folder


def statements(number):
    text = (QUERIES / f"q{number}.sql").read_text()
    text = re.sub(r"--[^\n]*", "", text)
    return [part.strip() for part in text.split(";") if part.strip()]


def for_engine(name, statement):
    """The specification gives Q1's interval a precision, which the peers do not parse."""
    return statement if name == "frazil" else statement.replace("day (3)", "day")


def measure(running, numbers, runs, in_a_row):
    """By query and engine: the first run, and the counted ones after it."""
    results = {number: {name: [] for name in running} for number in numbers}

    def run(number):
        sql = statements(number)
        for name, engine in running.items():
            results[number][name].append(engine.run([for_engine(name, s) for s in sql]))

    if in_a_row:
        for number in numbers:
            for _ in range(runs + 1):
                run(number)
    else:
        for turn in range(runs + 1):
            print(f"pass {turn} of {runs} ...", file=sys.stderr)
            for number in numbers:
                run(number)
    for number in numbers:
        report_query(number, results[number])
    return results


def summary(runs):
    """Medians of the runs after the first."""
    failed = [run["error"] for run in runs if "error" in run]
    if failed:
        return {"error": failed[0]}
    counted = runs[1:]
    return {
        "median_ms": 1000 * statistics.median(run["seconds"] for run in counted),
        "cpu_ms": 1000 * statistics.median(run["cpu"] for run in counted),
        "first_ms": 1000 * runs[0]["seconds"],
        "rows": counted[-1]["rows"],
    }


def report_query(number, by_engine):
    cells = []
    found = {name: summary(runs) for name, runs in by_engine.items()}
    for name, s in found.items():
        if "error" in s:
            cells.append(f"{name} failed: {s['error'][:60]}")
        else:
            cells.append(f"{name} {s['median_ms']:7.1f} ({s['cpu_ms']:.0f}) 1st {s['first_ms']:.0f}")
    mine = found.get("frazil", {}).get("median_ms")
    for peer in ("duckdb", "datafusion"):
        theirs = found.get(peer, {}).get("median_ms")
        if mine and theirs:
            cells.append(f"/{peer} {mine / theirs:.2f}")
    rows = {s["rows"] for s in found.values() if "rows" in s}
    if len(rows) > 1:
        cells.append(f"ROW COUNTS DIFFER {rows}")
    print(f"Q{number:<3}" + "  ".join(cells), flush=True)


def geometric_mean(values):
    return math.exp(statistics.fmean(math.log(value) for value in values)) if values else None


def totals(results, running):
    """Geometric means over the queries that every engine answered, and each one's memory."""
    summaries = {n: {e: summary(r) for e, r in by.items()} for n, by in results.items()}
    shared = [n for n, by in summaries.items() if all("error" not in s for s in by.values())]
    report = {"queries_compared": len(shared), "engines": {}}
    for name, engine in running.items():
        report["engines"][name] = {
            "geometric_mean_ms": geometric_mean([summaries[n][name]["median_ms"] for n in shared]),
            "cpu_geometric_mean_ms": geometric_mean(
                [max(0.1, summaries[n][name]["cpu_ms"]) for n in shared]
            ),
            "total_ms": sum(summaries[n][name]["median_ms"] for n in shared),
            "peak_mb": engine.peak_bytes() / 1e6,
        }
    for peer in ("duckdb", "datafusion"):
        if "frazil" in running and peer in running and shared:
            ratios = {
                n: summaries[n]["frazil"]["median_ms"] / summaries[n][peer]["median_ms"]
                for n in shared
            }
            worst = max(ratios, key=ratios.get)
            report[f"ratio_to_{peer}"] = {
                "geometric_mean": geometric_mean(list(ratios.values())),
                "worst": {"query": worst, "ratio": ratios[worst]},
            }
    return report, summaries


def print_totals(report):
    print(f"\nOver the {report['queries_compared']} queries that all of them answered:")
    for name, t in report["engines"].items():
        if t["geometric_mean_ms"] is not None:
            print(
                f"{name:11} geometric mean {t['geometric_mean_ms']:8.1f} ms"
                f"  CPU {t['cpu_geometric_mean_ms']:8.1f} ms"
                f"  total {t['total_ms']:9.1f} ms  peak memory {t['peak_mb']:6.0f} MB"
            )
    for peer in ("duckdb", "datafusion"):
        if f"ratio_to_{peer}" in report:
            ratio = report[f"ratio_to_{peer}"]
            worst = ratio["worst"]
            print(
                f"frazil / {peer}: geometric mean {ratio['geometric_mean']:.2f},"
                f" worst Q{worst['query']} {worst['ratio']:.2f}"
            )


def main():
    options = arguments()
    tables = data(options.scale)
    running = {}
    for name in options.engines:
        if name == "frazil":
            folder = warehouse(options.scale, tables)
            running[name] = engines.frazil(folder, options.threads, options.memory)
        else:
            running[name] = engines.peer(name, tables, options.threads)
    print(
        f"TPC-H scale {options.scale}, {options.threads} threads, median of {options.runs} runs"
        " after a first one; milliseconds of wall time (CPU time)\n"
    )
    results = measure(running, options.queries, options.runs, options.in_a_row)
    report, summaries = totals(results, running)
    print_totals(report)
    if options.json:
        report |= {
            "scale": options.scale,
            "threads": options.threads,
            "runs": options.runs,
            "measured": datetime.now(timezone.utc).isoformat(timespec="seconds"),
            "machine": platform.processor() or platform.machine(),
            "summaries": summaries,
            "queries": results,
        }
        Path(options.json).write_text(json.dumps(report, indent=1) + "\n")
    for engine in running.values():
        engine.close()


main()
