using System.Globalization;
using System.Text;

namespace RnnTrain.Data.Encoding;

/// <summary>
/// Writes words and signs, cut apart by <see cref="UnicodeWords"/>, with spaces where people put them: none before a full stop or a closing
/// bracket, none after an opening one, none among ideographs; a quotation mark that looks the same on both sides opens and closes in turn. The
/// end-of-line symbol is written as a line feed.
/// </summary>
internal sealed class ReadableWordDecoder(Vocabulary vocabulary, string? endOfLine) : ITokenDecoder
{
    private const string OpeningSigns = "¿¡$£¥#@";
    private const string ClosingSigns = ".,;:!?%‰…°。、，．！？：；";
    private const string JoiningSigns = "/_";

    private readonly HashSet<char> open = []; // quotation marks of this line that wait for their other half
    private bool isGlued = true; // whether nothing comes before the next word
    private bool isPlural; // whether the last word ends in s, as the owner in "the boys' ball" does
    private bool hadNoSpaces; // whether the last word was of a writing without spaces

    public string Next(int id)
    {
        var word = vocabulary.Symbols[id];
        if (word == endOfLine) return EndOfLine();
        var (opens, closes) = id == vocabulary.UnknownId ? (false, false) : Sides(word);
        var hasNoSpaces = Rune.TryGetRuneAt(word, 0, out var first) && UnicodeWords.HasNoSpaces(first);
        var space = isGlued || closes || (hasNoSpaces && hadNoSpaces) ? "" : " ";
        isGlued = opens;
        hadNoSpaces = hasNoSpaces;
        isPlural = word[^1] is 's' or 'S';
        return space + word;
    }

    public string Finish()
    {
        EndOfLine();
        return "";
    }

    private string EndOfLine()
    {
        open.Clear();
        isGlued = true;
        isPlural = false;
        return "\n";
    }

    /// <summary>Whether a word is written together with what follows, and with what comes before.</summary>
    private (bool Opens, bool Closes) Sides(string word)
    {
        var sign = word[0];
        if (JoiningSigns.Contains(sign, StringComparison.Ordinal) && word.Length == 1) return (true, true);
        if (sign is '"' or '\'' or '`' && word.AsSpan().IndexOfAnyExcept(sign) < 0) return Quotation(sign);
        if (sign is '„' or '‚') return Opening(sign);
        if (sign is '“' && open.Remove('„')) return (false, true); // as in German
        if (sign is '‘' && open.Remove('‚')) return (false, true);
        return char.GetUnicodeCategory(sign) switch
        {
            UnicodeCategory.OpenPunctuation or UnicodeCategory.InitialQuotePunctuation => (true, false),
            UnicodeCategory.ClosePunctuation or UnicodeCategory.FinalQuotePunctuation => (false, true),
            _ when OpeningSigns.Contains(sign, StringComparison.Ordinal) => (true, false),
            _ => (false, ClosingSigns.Contains(sign, StringComparison.Ordinal)),
        };
    }

    private (bool Opens, bool Closes) Opening(char sign)
    {
        open.Add(sign);
        return (true, false);
    }

    private (bool Opens, bool Closes) Quotation(char sign)
    {
        if (open.Remove(sign) || (sign == '\'' && isPlural)) return (false, true);
        open.Add(sign);
        return (true, false);
    }
}
