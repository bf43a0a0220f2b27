using System.Reflection;
using System.Runtime.CompilerServices;
using TorchSharp;

namespace RnnTrain.Tests;

/// <summary>
/// Pins the public surface of TorchSharp.Lite to PublicApi.txt, so that a member which TorchSharp does not have cannot slip in unseen.
/// </summary>
public sealed class PublicApiTests
{
    private const string Update = "RNN_UPDATE_PUBLIC_API";
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    [Fact]
    public void The_list_of_public_members_is_current()
    {
        Assert.SkipUnless(Near.IsLite, "the list is of TorchSharp.Lite");
        var found = Members().Order(StringComparer.Ordinal).ToArray();
        if (Environment.GetEnvironmentVariable(Update) == "1") File.WriteAllLines(SourceFile(), found);
        var listed = File.ReadAllLines(Environment.GetEnvironmentVariable(Update) == "1"
            ? SourceFile()
            : Path.Combine(AppContext.BaseDirectory, "PublicApi.txt"));
        Assert.True(found.Length > 1500, $"only {found.Length} members were found");
        Assert.True(
            found.SequenceEqual(listed),
            $"PublicApi.txt is stale: added [{string.Join("; ", found.Except(listed).Take(10))}], " +
            $"removed [{string.Join("; ", listed.Except(found).Take(10))}]. " +
            $"If TorchSharp has these members with these signatures, run this test with {Update}=1 and commit the file.");
    }

    private static IEnumerable<string> Members() =>
        typeof(torch).Assembly.GetExportedTypes().SelectMany(MembersOf).Distinct();

    private static IEnumerable<string> MembersOf(Type type) =>
        type.GetMembers(Declared).Where(IsVisible).Select(member => $"{Name(type)}: {member}").Prepend(Name(type));

    private static bool IsVisible(MemberInfo member) => member switch
    {
        MethodBase method => (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly)
            && (!method.IsSpecialName || method.IsConstructor || method.Name.StartsWith("op_", StringComparison.Ordinal)),
        FieldInfo field => (field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly) && !field.IsSpecialName,
        PropertyInfo property => property.GetAccessors(true).Any(accessor => accessor.IsPublic || accessor.IsFamily || accessor.IsFamilyOrAssembly),
        _ => false,
    };

    private static string Name(Type type) => type.ToString().Replace('+', '.');

    private static string SourceFile([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "PublicApi.txt");
}
