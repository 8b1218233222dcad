"""Resources and usages become a graph, which is then judged as a whole."""
