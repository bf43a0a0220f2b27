using System.Text;
using RnnTrain.Configuration;

namespace RnnTrain.Tests.Configuration;

/// <summary>A valid file with random damage is either still valid or a mistake of the user's, never anything else.</summary>
public sealed class ConfigMutationTests
{
    private const string Awkward = ":-[]{},#&*!|>'\"%@`?~\t\n\r \\$0.eE<=\u0085\u2028\uFEFFü";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Random_damage_gives_a_configuration_or_one_line_a_mistake(int seed)
    {
        var random = new Random(seed);
        var refused = 0;
        for (var i = 0; i < 500; i++)
        {
            var text = Damage(ConfigFolder.Valid, random);
            try
            {
                ConfigLoader.LoadText(text, "c.yaml", [], FakeComponents.Registries, _ => null);
            }
            catch (UserMistakeException e)
            {
                refused++;
                Assert.NotEmpty(e.Lines);
                Assert.All(e.Lines, line => Assert.DoesNotContain('\n', line));
                Assert.All(e.Lines, line => Assert.StartsWith("c.yaml", line, StringComparison.Ordinal));
            }
            catch (Exception e)
            {
                Assert.Fail($"{e.GetType().Name}: {e.Message}\n{e.StackTrace}\n{text}");
            }
        }

        Assert.InRange(refused, 100, 500);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Random_bytes_in_a_file_give_a_configuration_or_a_mistake(int seed)
    {
        var random = new Random(seed);
        using var folder = new ConfigFolder();
        for (var i = 0; i < 100; i++)
        {
            var bytes = Encoding.UTF8.GetBytes(ConfigFolder.Valid);
            for (var j = 0; j < 2; j++) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            folder.With("c.yaml", bytes);
            try
            {
                folder.Load("c.yaml");
            }
            catch (UserMistakeException e)
            {
                Assert.NotEmpty(e.Lines);
            }
        }
    }

    private static string Damage(string text, Random random)
    {
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var at = random.Next(text.Length);
            var length = Math.Min(random.Next(1, 12), text.Length - at);
            var lines = text.Split('\n');
            text = random.Next(6) switch
            {
                0 => text.Remove(at, length),
                1 => text.Insert(at, Awkward[random.Next(Awkward.Length)].ToString()),
                2 => text.Insert(at, text.Substring(random.Next(text.Length - length), length)),
                3 => string.Join('\n', lines.Where((_, i) => i != at % lines.Length)),
                4 => string.Join('\n', lines.Select((line, i) => i == at % lines.Length ? "  " + line : line)),
                _ => text[..at] + Awkward[random.Next(Awkward.Length)] + text[(at + 1)..],
            };
        }

        return text;
    }
}
