using RnnTrain.Cells;

namespace RnnTrain.Training.Regularizers;

/// <summary>The regularisers of weights that a configuration asks for, in the order in which they change weights.</summary>
public static class WeightRegularizers
{
    /// <param name="parameters">Of the model, in the type it computes in.</param>
    public static IReadOnlyList<IWeightRegularizer> Of(TrainingSettings settings, IReadOnlyList<NamedParameter> parameters)
    {
        List<IWeightRegularizer> regularizers = [];
        if (settings.Training.WeightNoise > 0) regularizers.Add(new WeightNoise(parameters, settings.Training.WeightNoise));
        if (settings.RecurrentWeightDrop > 0) regularizers.Add(new WeightDrop(parameters, settings.RecurrentWeightDrop));
        return regularizers;
    }
}
