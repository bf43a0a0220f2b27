using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using RnnTrain.Composition;
using RnnTrain.Configuration;
using RnnTrain.Data;
using RnnTrain.Data.Encoding;
using RnnTrain.Runs;

namespace RnnTrain.Commands;

/// <summary>`rnn data`: what is made of data before a training. `rnn data tokens FILES` learns the tokens of byte-pair encoding.</summary>
public static class DataCommand
{
    private const int MostShown = 12;

    public static Command Create(Terminal terminal) => new("data", "Makes of data what a training needs.") { Tokens(terminal) };

    private static Command Tokens(Terminal terminal)
    {
        var files = new Argument<string[]>("files") { Description = "Text files, plain or compressed with gzip: paths and globs below the data root.", Arity = ArgumentArity.OneOrMore };
        var merges = new Option<int?>("--merges") { Description = "How many pairs are merged; 8000 if neither this nor --vocabulary-size is given.", HelpName = "N" };
        var size = new Option<int?>("--vocabulary-size") { Description = "How many different tokens there are, in place of --merges.", HelpName = "N" };
        var lowerCase = new Option<bool>("--lower-case") { Description = "Turn the text into lower case." };
        var output = new Option<string>("--output") { Description = "The file to write, for data.tokens: {type: bpe, file: …}.", HelpName = "FILE", Required = true };
        var dataRoot = SharedOptions.DataRoot();
        var command = new Command("tokens", "Learns the tokens of byte-pair encoding from text files, and writes their vocabulary.") { files, merges, size, lowerCase, output, dataRoot };
        command.SetAction(parsed =>
        {
            var options = new BytePairOptions { Merges = parsed.GetValue(merges), VocabularySize = parsed.GetValue(size), LowerCase = parsed.GetValue(lowerCase) };
            Require(options);
            var path = parsed.GetRequiredValue(output);
            var clock = Stopwatch.StartNew();
            var learned = LearnedTokens.Of(options, parsed.GetRequiredValue(files), parsed.GetRequiredValue(dataRoot));
            Write(terminal.Output, learned, clock.Elapsed);
            Save(path, learned.Vocabulary);
            terminal.Output.WriteLine($"written     {path}");
            terminal.Output.WriteLine($"use it with data.tokens: {{type: bpe, file: {path}{(options.LowerCase ? ", lower_case: true" : "")}}}");
            return ExitCodes.Done;
        });
        return command;
    }

    private static void Require(BytePairOptions options)
    {
        if (options is { Merges: not null, VocabularySize: not null }) throw new UserMistakeException("--vocabulary-size: --merges is given too; give one of the two");
        if (options.Merges < 1) throw new UserMistakeException("--merges: give 1 or more");
        if (options.VocabularySize < 257) throw new UserMistakeException("--vocabulary-size: give 257 or more, since all 256 bytes are in it");
    }

    private static void Write(TextWriter output, LearnedTokens learned, TimeSpan time)
    {
        var (vocabulary, merges) = (learned.Vocabulary, learned.Vocabulary.Merges!.Pairs);
        Line("text", $"{learned.Lines:N0} lines, {learned.Bytes:N0} bytes, {learned.Pieces:N0} different words and runs of signs");
        Line("vocabulary", $"{vocabulary.Size:N0} tokens: 256 bytes and {merges.Count:N0} merges, learned in {time.TotalSeconds:F1} s");
        Line("in use", $"{learned.Used:N0} tokens; the others were merged further, or are bytes that the text lacks");
        Line("length", $"{learned.Tokens:N0} tokens, {learned.Bytes / (double)learned.Tokens:F2} bytes each");
        var tokenizer = new BytePairTokenizer(new BytePairOptions());
        var first = merges.Take(MostShown).Select(pair => tokenizer.Show(vocabulary.Symbols[pair.Left] + vocabulary.Symbols[pair.Right]));
        var last = merges.Reverse().Take(MostShown).Reverse().Select(pair => tokenizer.Show(vocabulary.Symbols[pair.Left] + vocabulary.Symbols[pair.Right]));
        Line("first", $"{string.Join(" ", first)}");
        Line("last", $"{string.Join(" ", last)}");
        Line("example", $"{string.Join(" ", learned.Cut(learned.Example))}");

        void Line(string name, FormattableString text) => output.WriteLine($"{name,-11} {text.ToString(CultureInfo.InvariantCulture)}");
    }

    private static void Save(string path, Vocabulary vocabulary)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            AtomicFile.Write(path, VocabularyFile.ToJson(vocabulary));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserMistakeException($"--output: {path} cannot be written: {failure.Message}");
        }
    }
}
