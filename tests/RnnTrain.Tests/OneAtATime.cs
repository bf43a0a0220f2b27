// libtorch has one default generator a process: tests that seed it beside each other would draw each other's numbers.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
