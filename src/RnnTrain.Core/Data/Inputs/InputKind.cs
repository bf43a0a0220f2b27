namespace RnnTrain.Data.Inputs;

/// <summary>How texts to be answered stand in a file.</summary>
public enum InputKind
{
    /// <summary>One a line.</summary>
    Text,

    /// <summary>One JSON object a line.</summary>
    Jsonl,

    /// <summary>Columns with a header, separated by commas.</summary>
    Csv,

    /// <summary>Columns with a header, separated by tabs.</summary>
    Tsv,

    /// <summary>One word a line, a blank line after each sentence; CoNLL-U is read too.</summary>
    Conll,
}
