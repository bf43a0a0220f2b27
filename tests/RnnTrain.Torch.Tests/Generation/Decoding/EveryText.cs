using RnnTrain.Configuration;

namespace RnnTrain.Tests.Generation.Decoding;

/// <summary>All texts that a decoder could write for one sequence, with their scores, each by the formula: what beam search is held against.</summary>
internal static class EveryText
{
    /// <summary>The best first.</summary>
    public static List<(int[] Symbols, double LogProbability, double Score)> Of(
        RandomTextDecoder decoder, int[] read, DecodingOptions options, int longest, int? unknown = null)
    {
        List<(int[] Symbols, double LogProbability, double Score)> all = [];
        Collect([], 0);
        return [.. all.OrderByDescending(text => text.Score)];

        void Collect(int[] written, double logProbability)
        {
            var values = decoder.LogProbabilities(read, written);
            if (written.Length >= options.MinimumLength)
                all.Add((written, logProbability + values[decoder.Symbols.End], Score(written, logProbability + values[decoder.Symbols.End])));
            if (written.Length == longest) return;
            for (var symbol = 0; symbol < decoder.Symbols.Vocabulary; symbol++)
            {
                int[] longer = [.. written, symbol];
                if (symbol != unknown && !Repeats(longer)) Collect(longer, logProbability + values[symbol]);
            }
        }

        double Score(int[] written, double logProbability)
        {
            var length = written.Length + 1;
            var penalty = Math.Pow(options.LengthNormalization == LengthNormalization.Mean ? length : (5 + length) / 6.0, options.LengthPenalty);
            if (options.CoveragePenalty == 0) return logProbability / penalty;
            var covered = new double[read.Length];
            for (var step = 0; step <= written.Length; step++)
            {
                var looked = decoder.Attention(read, written[..step]);
                for (var token = 0; token < read.Length; token++) covered[token] += looked[token];
            }

            return logProbability / penalty + options.CoveragePenalty * covered.Sum(sum => Math.Log(Math.Min(1, sum)));
        }

        bool Repeats(int[] written) => options.BlockNgrams is { } order && Enumerable.Range(0, Math.Max(0, written.Length - order + 1))
            .GroupBy(start => string.Join(' ', written[start..(start + order)])).Any(group => group.Count() > 1);
    }
}
