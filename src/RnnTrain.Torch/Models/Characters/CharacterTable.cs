using RnnTrain.Configuration;

namespace RnnTrain.Models.Characters;

/// <summary>Every way to read words letter by letter.</summary>
public static class CharacterTable
{
    public static Registry<WordLetterOptions, CharacterArguments, CharacterEncoder> Encoders { get; } = new("character encoders")
    {
        { "lstm", (LstmLetterOptions o, CharacterArguments arguments) => new LstmCharacters(o, arguments) },
        { "cnn", (CnnLetterOptions o, CharacterArguments arguments) => new CnnCharacters(o, arguments) },
    };
}
