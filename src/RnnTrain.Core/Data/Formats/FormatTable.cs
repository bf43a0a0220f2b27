using RnnTrain.Configuration;

namespace RnnTrain.Data.Formats;

/// <summary>What a format is made from besides its options.</summary>
/// <param name="DataRoot">The folder at which relative paths start.</param>
/// <param name="Seed">The seed of the experiment.</param>
public readonly record struct FormatContext(string DataRoot, long Seed);

/// <summary>Every data format.</summary>
public static class FormatTable
{
    public static Registry<FormatOptions, FormatContext, IDataFormat> Formats { get; } = new("formats")
    {
        { "plain_text", (PlainTextOptions _, FormatContext c) => new PlainTextFormat(c) },
        { "synthetic", (SyntheticOptions o, FormatContext c) => new SyntheticFormat(o, c) },
        { "labeled_text", (LabeledTextOptions o, FormatContext c) => new LabeledTextFormat(o, c) },
        { "text_pairs", (TextPairsOptions o, FormatContext c) => new TextPairsFormat(o, c) },
        { "penn_trees", (PennTreesOptions o, FormatContext c) => new PennTreesFormat(o, c) },
        { "conll", (ConllOptions o, FormatContext c) => new ConllFormat(o, c) },
        { "conllu", (ConlluOptions o, FormatContext c) => new ConlluFormat(o, c) },
        { "parallel_text", (ParallelTextOptions o, FormatContext c) => new ParallelTextFormat(o, c) },
        { "dialogues", (DialoguesOptions o, FormatContext c) => new DialoguesFormat(o, c) },
        { "idx", (IdxOptions o, FormatContext c) => new IdxFormat(o, c) },
    };
}
