using RnnTrain.Composition;
using RnnTrain.Configuration;

namespace RnnTrain.Tests;

/// <summary>What the options of labels refuse, and what they take.</summary>
public sealed class LabelConfigTests
{
    private const string Tagging = "tagging";

    [Theory]
    [InlineData("text_classification", "model.crf=true", "model.crf: it weighs the classes of neighbouring steps")]
    [InlineData("language_modeling", "model.crf=true", "model.crf: it weighs the classes of neighbouring steps")]
    [InlineData("translation", "model.crf=true", "model.crf: it weighs the classes of neighbouring steps")]
    [InlineData("text_classification", "model.characters={type: cnn}", "model.characters: letters are read of words")]
    [InlineData("sequence_labeling", "model.characters={type: lstm}", "model.characters: letters are read of words")]
    [InlineData("sequence_labeling", "model.dropout.singletons=0.5", "model.dropout.singletons: it is for text")]
    [InlineData("translation", "model.dropout.singletons=0.5", "model.dropout.singletons: it is for text")]
    [InlineData("sequence_labeling", "model.crf=true task.constraints=answers", "task.constraints: the labels of data.format mark no spans")]
    [InlineData(Tagging, "model.crf=false task.constraints=training", "task.constraints: they hold for the transitions of model.crf")]
    [InlineData(Tagging, "task.constraints=always", "task.constraints: found 'always'; allowed: none, answers or training")]
    [InlineData(Tagging, "model.output={type: sampled, samples: 3}", "model.output: model.crf needs the score of every class")]
    [InlineData(Tagging, "training.label_smoothing=0.1", "training.label_smoothing: model.crf learns whole sequences")]
    [InlineData(Tagging, "model.characters={type: transformer}", "model.characters.type: found 'transformer'; allowed: lstm or cnn")]
    [InlineData(Tagging, "model.characters={type: cnn, width: 0}", "model.characters.width: found '0'; allowed: a whole number, at least 1")]
    public void What_does_not_fit_is_refused_by_its_key(string smoke, string sets, string line)
    {
        Repository.RequireSources();
        var mistake = Assert.Throws<UserMistakeException>(() => Load(smoke, sets));
        Assert.Contains(mistake.Lines, found => found.Contains(line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("model.output={type: full}")]
    [InlineData("task.constraints=training")]
    [InlineData("model.crf=false training.label_smoothing=0.1")]
    [InlineData("model.characters={type: lstm, hidden_size: 5} model.dropout.singletons=0.5")]
    public void What_fits_is_taken(string sets)
    {
        Repository.RequireSources();
        Load(Tagging, sets);
    }

    private static void Load(string smoke, string sets)
    {
        var parts = System.Text.RegularExpressions.Regex.Split(sets, " (?=(?:model|training|task)\\.)");
        ConfigLoader.Load(Path.Combine(Repository.Root, "configs", "smoke", $"{smoke}.yaml"), parts, Registries.All);
    }
}
