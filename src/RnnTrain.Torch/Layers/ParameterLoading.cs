using RnnTrain.Cells;
using RnnTrain.Configuration;
using static TorchSharp.torch;

namespace RnnTrain.Layers;

/// <summary>The copy of named weights into the parameters of the same names: all of them, or none where one does not fit.</summary>
public static class ParameterLoading
{
    /// <exception cref="UserMistakeException">A name is missing or unexpected, or a shape differs; one line each.</exception>
    public static void Load(IReadOnlyList<NamedParameter> parameters, IReadOnlyDictionary<string, Tensor> weights)
    {
        var mistakes = Mistakes(parameters, weights).ToList();
        if (mistakes.Count > 0) throw new UserMistakeException(mistakes);
        using var frozen = no_grad();
        foreach (var parameter in parameters) parameter.Parameter.copy_(weights[parameter.Name]);
    }

    private static IEnumerable<string> Mistakes(IReadOnlyList<NamedParameter> parameters, IReadOnlyDictionary<string, Tensor> weights)
    {
        foreach (var parameter in parameters)
        {
            var needed = string.Join(", ", parameter.Shape);
            if (!weights.TryGetValue(parameter.Name, out var found))
            {
                yield return $"the weights lack '{parameter.Name}' [{needed}]";
            }
            else if (!found.shape.SequenceEqual(parameter.Shape))
            {
                yield return $"the weights' '{parameter.Name}' is [{string.Join(", ", found.shape)}], but the model needs [{needed}]";
            }
        }

        var expected = parameters.Select(parameter => parameter.Name).ToHashSet();
        foreach (var name in weights.Keys.Where(name => !expected.Contains(name)).Order(StringComparer.Ordinal))
        {
            yield return $"the weights hold '{name}', which the model does not have";
        }
    }
}
