using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Parameters that a rule treats in one go: all of the same step on a CUDA device, one at a time on the processor.</summary>
/// <param name="Parameters">The parameters.</param>
/// <param name="Gradients">Their gradients.</param>
/// <param name="States">Their states.</param>
internal sealed record Batch<TState>(Tensor[] Parameters, Tensor[] Gradients, TState[] States) where TState : OptimizerState
{
    /// <summary>One tensor of each state.</summary>
    public Tensor[] Each(Func<TState, Tensor> tensor) => Array.ConvertAll(States, state => tensor(state));

    /// <summary>
    /// Batches of the parameters that have gradients. On the processor a parameter's state stays in the cache while one operation follows
    /// another, which is worth more than fewer calls; on a CUDA device fewer kernels are.
    /// </summary>
    public static IEnumerable<Batch<TState>> Of(IEnumerable<Parameter> parameters, Func<Parameter, TState> stateOf)
    {
        Dictionary<(long, bool), List<(Tensor, Tensor, TState)>>? together = null;
        foreach (var parameter in parameters)
        {
            if (parameter.grad is not { } gradient) continue;
            var state = stateOf(parameter);
            if (parameter.device_type == DeviceType.CPU)
            {
                yield return new Batch<TState>([parameter], [gradient], [state]);
                continue;
            }
            together ??= [];
            var key = (state.Steps, state.Tensors is [null, ..]);
            if (!together.TryGetValue(key, out var members)) together[key] = members = [];
            members.Add((parameter, gradient, state));
        }
        if (together is null) yield break;
        foreach (var members in together.Values)
            yield return new Batch<TState>(
                [.. members.Select(member => member.Item1)], [.. members.Select(member => member.Item2)],
                [.. members.Select(member => member.Item3)]);
    }
}
