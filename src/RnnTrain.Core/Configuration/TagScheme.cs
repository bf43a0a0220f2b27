namespace RnnTrain.Configuration;

/// <summary>How the labels of words mark spans, such as names.</summary>
public enum TagScheme
{
    [Describe("Labels mark no spans: each word has its own, a part of speech for instance.")]
    None,

    [Describe("I-X for every word of a span of type X, but B-X for its first where another span of type X ends just before; O outside (Ramshaw and Marcus 1995, CoNLL-2003's files).")]
    Iob1,

    [Describe("B-X for the first word of every span, I-X for the others, O outside (BIO).")]
    Iob2,

    [Describe("B-X first, I-X inside, E-X last, S-X for a span of one word, O outside (BIOES).")]
    Iobes,
}
