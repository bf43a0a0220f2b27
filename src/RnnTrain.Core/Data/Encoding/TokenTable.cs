using RnnTrain.Configuration;

namespace RnnTrain.Data.Encoding;

/// <summary>Nothing: a tokenizer is made from its options alone.</summary>
public readonly record struct TokenArguments;

/// <summary>Every kind of token.</summary>
public static class TokenTable
{
    public static Registry<TokenOptions, TokenArguments, ITokenizer> Tokens { get; } = new("tokens")
    {
        { "characters", (CharacterOptions o, TokenArguments _) => new CharacterTokenizer(o) },
        { "bytes", (ByteOptions _, TokenArguments _) => new ByteTokenizer() },
        { "bpe", (BytePairOptions o, TokenArguments _) => new BytePairTokenizer(o) },
        { "words", (WordOptions o, TokenArguments _) => new WordTokenizer(o) },
    };

    public static ITokenizer Create(TokenOptions options) => Tokens.Create(options, default);
}
