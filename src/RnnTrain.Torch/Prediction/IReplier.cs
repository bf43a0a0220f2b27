namespace RnnTrain.Prediction;

/// <summary>What answers in a conversation.</summary>
public interface IReplier : IDisposable
{
    /// <summary>Turns of a conversation that it looks back at; the last of them is what it answers.</summary>
    int History { get; }

    /// <summary>The next turn.</summary>
    /// <param name="turns">The last turns, of both in turn, at most <see cref="History"/> of them.</param>
    /// <param name="turn">Which reply of the conversation it is, from 0: chance is a function of it.</param>
    /// <param name="temperature">How freely it is drawn; null for the way that was asked for at first.</param>
    /// <exception cref="Configuration.UserMistakeException">The turns cannot be read.</exception>
    string Reply(IReadOnlyList<string> turns, int turn, double? temperature);
}
