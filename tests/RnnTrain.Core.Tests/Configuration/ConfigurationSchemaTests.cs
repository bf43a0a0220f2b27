using System.Text.Json.Nodes;
using RnnTrain.Configuration;

namespace RnnTrain.Tests.Configuration;

public sealed class ConfigurationSchemaTests
{
    private static readonly JsonNode Schema = ConfigurationSchema.Generate(FakeComponents.Registries);

    [Theory]
    [InlineData("$schema", "\"https://json-schema.org/draft/2020-12/schema\"")]
    [InlineData("additionalProperties", "false")]
    [InlineData("properties/extends/type", "\"string\"")]
    [InlineData("properties/seed/anyOf/0", """{"type":"integer","minimum":0}""")]
    [InlineData("properties/training/properties/clip_norm/anyOf/0/anyOf/0", """{"type":"number","exclusiveMinimum":0}""")]
    [InlineData("properties/training/properties/clip_norm/anyOf/1", """{"type":"null"}""")]
    [InlineData("properties/model/properties/cell/$ref", "\"#/$defs/cells\"")]
    [InlineData("$defs/cells/anyOf/0", """{"enum":["plain","gated"]}""")]
    [InlineData("$defs/cells/anyOf/2/properties/type", """{"const":"gated"}""")]
    [InlineData("$defs/cells/anyOf/2/description", "\"A cell with gates.\"")]
    [InlineData("properties/precision/anyOf/0", """{"enum":["fp32","tf32","bf16","fp16"]}""")]
    public void The_schema_says(string path, string json)
    {
        var node = path.Split('/').Aggregate(Schema, (at, step) => at is JsonArray array ? array[int.Parse(step, null)]! : at[step]!);

        Assert.Equal(json, node.ToJsonString());
    }

    [Fact]
    public void Every_reference_leads_to_a_definition()
    {
        var references = References(Schema).ToList();

        Assert.True(references.Count >= 8, $"only {references.Count} were found");
        Assert.All(references, reference => Assert.NotNull(Schema["$defs"]![reference["#/$defs/".Length..]]));
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject block => block.SelectMany(pair => pair.Key == "$ref" ? [pair.Value!.GetValue<string>()] : References(pair.Value)),
        JsonArray list => list.SelectMany(References),
        _ => [],
    };
}
