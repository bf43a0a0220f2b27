using RnnTrain.Data.Encoding;

namespace RnnTrain.Data.Examples;

/// <summary>How words are cut into letters: into Unicode characters, whatever cuts the text into words.</summary>
internal static class Letters
{
    public static ITokenizer Tokenizer { get; } = new CharacterTokenizer(new CharacterOptions());
}
