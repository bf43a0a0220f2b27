namespace RnnTrain.Tests.Metrics;

/// <summary>
/// How conlleval counts, from its description: it goes through both columns word by word, knows from two neighbouring tags whether a span
/// ends between them and whether one begins, and has a span right that both columns begin and end together.
/// </summary>
internal sealed class ConllevalCounts
{
    private readonly Dictionary<string, double[]> counts = [];
    private string? inBoth; // the type of a span that both began together and neither has ended

    /// <summary>Right, found, there.</summary>
    public double[] Of(string type) => counts.TryGetValue(type, out var found) ? found : counts[type] = new double[3];

    public void Add(string[] there, string[] found)
    {
        var (lastThere, lastFound) = ("O", "O");
        for (var i = 0; i <= there.Length; i++)
        {
            var (nowThere, nowFound) = i < there.Length ? (there[i], found[i]) : ("O", "O");
            var (endsThere, endsFound) = (Ends(lastThere, nowThere), Ends(lastFound, nowFound));
            if (inBoth is not null && endsThere && endsFound)
            {
                Of(inBoth)[0]++;
                inBoth = null;
            }
            else if (inBoth is not null && (endsThere || endsFound || Type(nowThere) != Type(nowFound)))
            {
                inBoth = null;
            }

            var (beginsThere, beginsFound) = (Begins(lastThere, nowThere), Begins(lastFound, nowFound));
            if (beginsThere) Of(Type(nowThere))[2]++;
            if (beginsFound) Of(Type(nowFound))[1]++;
            if (beginsThere && beginsFound && Type(nowThere) == Type(nowFound)) inBoth = Type(nowThere);
            (lastThere, lastFound) = (nowThere, nowFound);
        }
    }

    private static bool Ends(string last, string now) => last != "O" && (now[0] is 'B' or 'O' || Type(last) != Type(now));

    private static bool Begins(string last, string now) => now != "O" && (now[0] == 'B' || last == "O" || Type(last) != Type(now));

    private static string Type(string tag) => tag == "O" ? "" : tag[2..];
}
