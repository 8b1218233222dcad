"""Builds grimp's graph of the packages given, without its cache."""

import sys

import grimp


def main() -> None:
    sys.path.insert(0, ".")
    graph = grimp.build_graph(*sys.argv[1:], cache_dir=None)
    print(len(graph.modules))


if __name__ == "__main__":
    main()
