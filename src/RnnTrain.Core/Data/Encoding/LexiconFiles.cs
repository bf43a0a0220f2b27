namespace RnnTrain.Data.Encoding;

/// <summary>A lexicon as files of a run folder: one <see cref="VocabularyFile"/> for each vocabulary there is.</summary>
public static class LexiconFiles
{
    private const string Written = "written_vocabulary.json";
    private const string Labels = "labels.json";
    private const string Characters = "characters.json";

    /// <summary>The files with their contents.</summary>
    public static IEnumerable<(string Name, string Content)> Of(Lexicon lexicon) =>
        new[] { (VocabularyFile.Name, lexicon.Tokens), (Written, lexicon.Written), (Labels, lexicon.Labels), (Characters, lexicon.Characters) }
            .Where(part => part.Item2 is not null)
            .Select(part => (part.Item1, VocabularyFile.ToJson(part.Item2!)));

    /// <summary>The lexicon in a folder; null where there is none.</summary>
    /// <exception cref="Configuration.UserMistakeException">A file is damaged, or of another format number.</exception>
    public static Lexicon? Load(string folder)
    {
        var lexicon = new Lexicon { Tokens = Load(VocabularyFile.Name), Written = Load(Written), Labels = Load(Labels), Characters = Load(Characters) };
        return lexicon == new Lexicon() ? null : lexicon;

        Vocabulary? Load(string name) => File.Exists(Path.Combine(folder, name)) ? VocabularyFile.Load(Path.Combine(folder, name)) : null;
    }
}
