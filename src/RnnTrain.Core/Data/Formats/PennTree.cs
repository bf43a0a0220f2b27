using RnnTrain.Configuration;

namespace RnnTrain.Data.Formats;

/// <summary>A tree in the Penn Treebank's brackets on one line, `(3 (2 It) (4 (2 is) (4 good)))`.</summary>
/// <param name="Words">Its leaves, the treebank's escapes undone: `-LRB-` is (, `\/` is /.</param>
/// <param name="Phrases">Every constituent, words and the whole among them, each behind those that it is made of.</param>
internal sealed record PennTree(string[] Words, IReadOnlyList<TreePhrase> Phrases)
{
    private static readonly Dictionary<string, string> Brackets = new()
    {
        ["-LRB-"] = "(",
        ["-RRB-"] = ")",
        ["-LSB-"] = "[",
        ["-RSB-"] = "]",
        ["-LCB-"] = "{",
        ["-RCB-"] = "}",
    };

    /// <summary>The words of a phrase, spaces between them.</summary>
    public string Text(TreePhrase phrase) => string.Join(' ', Words, phrase.First, phrase.End - phrase.First);

    /// <param name="text">The line.</param>
    /// <param name="where">Key, file and line, for messages.</param>
    /// <exception cref="UserMistakeException">It is no tree.</exception>
    public static PennTree Parse(string text, string where)
    {
        var words = new List<string>();
        var phrases = new List<TreePhrase>();
        var open = new Stack<(int First, string? Label)>(); // phrases around the place, without label until it is read
        var position = 0;
        while (Token(text, ref position) is { Length: > 0 } token)
        {
            var isClosed = phrases.Count > 0 && open.Count == 0;
            var awaitsLabel = open.TryPeek(out var around) && around.Label is null;
            var mistake = token switch
            {
                _ when isClosed => "text behind the last bracket",
                "(" or ")" when awaitsLabel => "a bracket where a label should stand",
                ")" when open.Count == 0 => "a closing bracket without an opening one",
                ")" when around.First == words.Count => "a phrase without words",
                not "(" when open.Count == 0 => "text outside of brackets",
                _ => null,
            };
            if (mistake is not null) throw NoTree(mistake, text, position - token.Length, where);
            if (token == "(") open.Push((words.Count, null));
            else if (token == ")") phrases.Add(new TreePhrase(open.Peek().First, words.Count, open.Pop().Label!));
            else if (awaitsLabel) open.Push(open.Pop() with { Label = token });
            else words.Add(Unescaped(token));
        }

        return open.Count == 0 ? new PennTree([.. words], phrases) : throw NoTree($"{Shown.Count(open.Count, "bracket")} not closed", text, text.Length, where);
    }

    /// <summary>The bracket or the word that comes next; empty at the end.</summary>
    private static string Token(string text, ref int position)
    {
        while (position < text.Length && char.IsWhiteSpace(text[position])) position++;
        var start = position;
        if (position < text.Length && text[position] is ('(' or ')')) return text[position++].ToString();
        while (position < text.Length && text[position] is not ('(' or ')') && !char.IsWhiteSpace(text[position])) position++;
        return text[start..position];
    }

    private static UserMistakeException NoTree(string what, string text, int place, string where) => new(
        $"{where}: no tree: {what} at character {place + 1}{(place < text.Length ? $", {Shown.Text(text[place..])}" : "")}; write one a line, such as (3 (2 It) (4 works))");

    private static string Unescaped(string word) => Brackets.TryGetValue(word, out var bracket)
        ? bracket
        : word.Replace("\\/", "/", StringComparison.Ordinal).Replace("\\*", "*", StringComparison.Ordinal);
}
