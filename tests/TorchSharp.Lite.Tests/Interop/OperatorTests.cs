using System.Reflection;
using TorchSharp;

namespace RnnTrain.Tests;

/// <summary>Every operator that TorchSharp.Lite names exists in this libtorch, with parameters that it knows how to pass.</summary>
public sealed class OperatorTests
{
    [Fact]
    public void Every_operator_is_found_in_this_libtorch()
    {
        Assert.SkipUnless(Near.IsLite, "only TorchSharp.Lite looks operators up by name");
        var assembly = typeof(torch).Assembly;
        var type = assembly.GetType("TorchSharp.Interop.Operator", throwOnError: true)!;
        var resolve = type.GetMethod("Resolve", BindingFlags.NonPublic | BindingFlags.Instance)!;
        var found = 0;
        var missing = new List<string>();
        const BindingFlags statics = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        foreach (var field in assembly.GetTypes().SelectMany(owner => owner.GetFields(statics)))
        {
            if (field.FieldType != type) continue;
            found++;
            try
            {
                resolve.Invoke(field.GetValue(null), null);
            }
            catch (TargetInvocationException e)
            {
                missing.Add($"{field.Name}: {e.InnerException!.Message}");
            }
        }
        Assert.True(found > 500, $"only {found} operators were found by reflection");
        Assert.Empty(missing);
    }
}
