module bursar/benchmarks/netrpc

go 1.24
