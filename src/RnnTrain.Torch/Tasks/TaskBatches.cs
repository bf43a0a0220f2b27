using RnnTrain.Data;
using RnnTrain.Data.Batching;
using RnnTrain.Data.Examples;

namespace RnnTrain.Tasks;

/// <summary>The batches of a task on separate examples: those to train on, and those that score each split.</summary>
internal sealed class TaskBatches
{
    private readonly TaskArguments arguments;
    private readonly Dictionary<Split, IBatches> scored;

    /// <param name="arguments">Its data is of <see cref="ExampleData"/>.</param>
    public TaskBatches(TaskArguments arguments)
    {
        this.arguments = arguments;
        Train = Of(Split.Train, isTraining: true);
        scored = ((ExampleData)arguments.Data).Splits.Keys.ToDictionary(split => split, split => Of(split, isTraining: false));
    }

    /// <summary>Those to train on.</summary>
    public IBatches Train { get; }

    /// <inheritdoc cref="IScoredTask.EvaluationBatches"/>
    public int CountOf(Split split) => scored.TryGetValue(split, out var batches) ? batches.CountIn(0) : 0;

    /// <inheritdoc cref="IScoredTask.MakeEvaluationBatch"/>
    public Batch Make(Split split, int index, Batch? old) => scored[split].Make(0, index, old);

    private IBatches Of(Split split, bool isTraining)
    {
        var (config, batchSize) = (arguments.Config, isTraining ? null : arguments.Config.Evaluation.BatchSize);
        return BatchingTable.Batching.Create(config.Data.Batching, new BatchingArguments(arguments.Data, split, isTraining, config.Seed, batchSize));
    }
}
