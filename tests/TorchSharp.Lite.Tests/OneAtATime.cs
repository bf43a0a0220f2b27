// Seeds, thread counts and the number of live tensors belong to the process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
