using RnnTrain.Configuration;
using RnnTrain.Data.Batching;
using RnnTrain.Data.Encoding;
using RnnTrain.Generation.Decoding;
using RnnTrain.Models;
using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Prediction;

/// <summary>
/// Maximum mutual information with a model that was trained the other way (MMI-bidi; Li et al. 2016, "A diversity-promoting objective function for neural
/// conversation models"): an answer that would go with anything says little of what was asked.
/// <code>score = ln p(T | S) + λ ln p(S | T) + γ |T|</code>
/// with S read, T written and |T| its symbols.
/// </summary>
/// <param name="options">λ and γ.</param>
/// <param name="decoder">The model of p(S | T), in evaluation mode; owned where it can be.</param>
/// <param name="reads">What it reads by: the texts written.</param>
/// <param name="writes">What it writes by: the texts read.</param>
/// <param name="device">Where it is.</param>
public sealed class ReverseReranker(RerankingOptions options, ITextDecoder decoder, TextEncoder reads, TextEncoder writes, Device device) : IReranker
{
    public IReadOnlyList<double> Scores(string read, IReadOnlyList<(Hypothesis Hypothesis, string Text)> found)
    {
        var target = writes.Encode(read);
        int[][] sources = [.. found.Select(one => reads.Encode(one.Text))];
        var scores = new double[found.Count];
        Array.Fill(scores, double.NegativeInfinity); // where nothing is written, nothing follows from it
        int[] places = [.. Enumerable.Range(0, found.Count).Where(place => sources[place].Length > 0)];
        if (places.Length == 0) return scores;
        var likelihoods = LogProbabilities([.. places.Select(place => sources[place])], target);
        for (var row = 0; row < places.Length; row++)
        {
            var hypothesis = found[places[row]].Hypothesis;
            scores[places[row]] = hypothesis.LogProbability + options.Weight * likelihoods[row] + options.LengthReward * hypothesis.Symbols.Length;
        }

        return scores;
    }

    public void Dispose() => (decoder as IDisposable)?.Dispose();

    /// <summary>ln p(S, end | T) for several T, in nats.</summary>
    private double[] LogProbabilities(int[][] sources, int[] target)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        var padded = PaddedTokens.Of(sources);
        var source = device.To(tensor(padded.Tokens, [padded.Steps, padded.Count])); // [source time, sources]
        var state = decoder.Encode(source, new Lengths(padded.Lengths, padded.Steps, device));
        var sums = zeros([padded.Count], float64, device); // [sources]
        long last = decoder.Symbols.Begin;
        foreach (var symbol in target.Append(decoder.Symbols.End))
        {
            using var inner = NewDisposeScope();
            var step = decoder.Step(full([padded.Count], last, int64, device), state); // [sources] → [sources, symbols]
            sums.add_(step.LogProbabilities.select(1, symbol)); // [sources]
            step.Next.Succeed(state);
            state = step.Next;
            last = symbol;
        }

        return sums.cpu().data<double>().ToArray();
    }
}
