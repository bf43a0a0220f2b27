using System.Text;
using System.Text.Json;
using RnnTrain.Configuration;
using RnnTrain.Runs;

namespace RnnTrain.Tests.Runs;

public sealed class ManifestTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Dispose();

    [Fact]
    public void A_manifest_reads_back_as_it_was_written()
    {
        var manifest = SampleManifest.Create().Resumed(new Resumption
        {
            At = SampleManifest.Noon.AddHours(2),
            Step = 1200,
            CommandLine = ["train", "--resume"],
            Versions = SampleManifest.Create().Versions,
            Device = "cuda:0 (NVIDIA H200)",
            Host = HostFacts.Read(),
            Changes = ["training.epochs: 10 → 20"],
        });
        File.WriteAllText(temporary["manifest.json"], manifest.ToJson());

        var read = Manifest.Read(temporary["manifest.json"]);

        Assert.Equal(manifest.ToJson(), read.ToJson());
        Assert.Equal("training.epochs: 10 → 20", Assert.Single(Assert.Single(read.Resumptions).Changes));
    }

    [Fact]
    public void A_manifest_is_written_for_people_in_snake_case_and_begins_with_its_format()
    {
        var json = SampleManifest.Create().ToJson();
        Assert.StartsWith("{\n  \"format\": 1,\n  \"name\": \"größe\",", json);
        Assert.Contains("\"parameter_count\": 4653200", json);
        Assert.EndsWith("}\n", json);
    }

    [Fact]
    public void A_manifest_cut_anywhere_is_refused_by_name()
    {
        var path = temporary["manifest.json"];
        var whole = Encoding.UTF8.GetBytes(SampleManifest.Create().ToJson());
        for (var length = 0; length < whole.Length - 1; length++) // without its last line feed it is whole
        {
            File.WriteAllBytes(path, whole[..length]);
            var line = Assert.Single(Assert.Throws<UserMistakeException>(() => Manifest.Read(path)).Lines);
            Assert.StartsWith(path + ": damaged: ", line);
        }
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"format": "1"}""")]
    [InlineData("""{"format": 1}""")]
    [InlineData("""{"format": 1.5}""")]
    public void What_is_no_manifest_is_refused(string json)
    {
        File.WriteAllText(temporary["manifest.json"], json);
        Assert.Contains("damaged", Assert.Throws<UserMistakeException>(() => Manifest.Read(temporary["manifest.json"])).Message);
    }

    [Fact]
    public void A_manifest_that_is_missing_is_a_mistake_of_one_line() =>
        Assert.Single(Assert.Throws<UserMistakeException>(() => Manifest.Read(temporary["none.json"])).Lines);

    [Fact]
    public void Properties_of_a_later_version_are_passed_over()
    {
        var json = SampleManifest.Create().ToJson().Replace("\"seed\": 7", "\"seed\": 7, \"mood\": \"good\"");
        Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(json).RootElement.ValueKind);
        File.WriteAllText(temporary["manifest.json"], json);
        Assert.Equal(7, Manifest.Read(temporary["manifest.json"]).Seed);
    }
}
