namespace RnnTrain.Metrics.Text;

/// <summary>
/// The translation edit rate of a corpus (TER; Snover et al. 2006), equal to sacreBLEU's with its defaults: edits in hundredths of the references'
/// words, an edit being a word inserted, left out or replaced, or a run of words moved. Lower case, words between white space.
/// </summary>
public sealed class TranslationEditRate : ITextMetric
{
    private long edits;
    private long referenceLength; // words

    public string Name => "ter";

    public string Signature => "nrefs:1|case:lc|tok:tercom|norm:no|punct:yes|asian:no";

    /// <summary>From 0, which is best; may exceed 100.</summary>
    public double Value => referenceLength > 0 ? 100.0 * edits / referenceLength : edits > 0 ? 100 : 0;

    public void Add(string hypothesis, string reference)
    {
        var theirs = PythonText.Split(PythonText.ToLower(reference));
        edits += TranslationEdits.Count(PythonText.Split(PythonText.ToLower(hypothesis)), theirs);
        referenceLength += theirs.Length;
    }
}
