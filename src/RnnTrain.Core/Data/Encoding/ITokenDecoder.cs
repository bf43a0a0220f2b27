namespace RnnTrain.Data.Encoding;

/// <summary>Turns ids into text one at a time, as generation needs it. Holds what the next piece depends on.</summary>
public interface ITokenDecoder
{
    /// <summary>The text that this id adds; empty where it only begins something that later ids complete.</summary>
    string Next(int id);

    /// <summary>The text still owed when no id follows. The decoder then stands at a new beginning.</summary>
    string Finish();
}
