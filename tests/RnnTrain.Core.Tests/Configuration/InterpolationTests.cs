using RnnTrain.Configuration;

namespace RnnTrain.Tests.Configuration;

public sealed class InterpolationTests
{
    [Theory]
    [InlineData("${WHERE}", "there")]
    [InlineData("${WHERE}/a.txt", "there/a.txt")]
    [InlineData("${WHERE}-${WHERE}", "there-there")]
    [InlineData("'${WHERE}'", "there")]
    [InlineData("\"${WHERE}\"", "there")]
    [InlineData("${MISSING:-here}", "here")]
    [InlineData("${EMPTY:-here}", "here")]
    [InlineData("a${EMPTY}b", "ab")]
    [InlineData("${WHERE:-here}", "there")]
    [InlineData("${MISSING:-a:-b}", "a:-b")]
    [InlineData("$${WHERE}", "${WHERE}")]
    [InlineData("$$${WHERE}", "$${WHERE}")]
    [InlineData("$WHERE", "$WHERE")]
    [InlineData("$", "$")]
    [InlineData("${NESTED}", "${WHERE}")]
    public void A_variable_stands_for_its_value(string written, string value)
    {
        using var folder = Folder("a.txt, b.txt]", $"a.txt]\n  test: {written}");
        Assert.Equal([value], folder.Load("c.yaml").Config.Data.Test);
    }

    [Fact]
    public void A_variable_can_be_a_number_a_type_or_an_item()
    {
        using var folder = Folder("[a.txt, b.txt]", "['${WHERE}', b.txt]");
        folder.Variables["RATE"] = "1e-2";
        folder.Variables["CELL"] = "plain";

        var config = folder.Load("c.yaml", "training.optimizer.learning_rate=${RATE}", "model.cell=${CELL}", "seed=${SEED:-11}").Config;

        Assert.Equal(0.01, config.Training.Optimizer.LearningRate);
        Assert.IsType<PlainCellOptions>(config.Model.Cell);
        Assert.Equal(11, config.Seed);
        Assert.Equal("there", config.Data.Train[0]);
    }

    [Fact]
    public void Without_an_environment_of_its_own_the_loader_takes_the_processs()
    {
        var config = ConfigLoader.LoadText(
            ConfigFolder.Valid.Replace("c.txt", "${PATH}", StringComparison.Ordinal), "c.yaml", [], FakeComponents.Registries).Config;

        Assert.Equal([Environment.GetEnvironmentVariable("PATH")!], config.Data.Validation);
    }

    [Fact]
    public void A_variable_that_another_file_overrides_need_not_be_set()
    {
        using var folder = new ConfigFolder()
            .With("base.yaml", ConfigFolder.Valid.Replace("seed: 7", "seed: ${MISSING}", StringComparison.Ordinal))
            .With("c.yaml", "extends: ${BASE:-base}.yaml\nseed: 5\n");

        Assert.Equal(5, folder.Load("c.yaml").Config.Seed);
    }

    [Theory]
    [InlineData("${A B}")]
    [InlineData("${1A}")]
    [InlineData("${:-x}")]
    [InlineData("${WHERE:?x}")]
    [InlineData("x${")]
    public void A_name_that_cannot_be_a_variables_is_a_mistake(string written)
    {
        using var folder = Folder("device: cpu", $"device: {written}");
        Assert.Equal(
            "c.yaml:27:9: device: '${' begins the name of an environment variable; write ${NAME} or ${NAME:-default}, or $${ for a plain ${",
            Assert.Single(folder.Mistakes("c.yaml")));
    }

    private static ConfigFolder Folder(string part, string replacement)
    {
        var folder = new ConfigFolder().With("c.yaml", ConfigFolder.Valid.Replace(part, replacement, StringComparison.Ordinal));
        folder.Variables["WHERE"] = "there";
        folder.Variables["EMPTY"] = "";
        folder.Variables["NESTED"] = "${WHERE}";
        return folder;
    }
}
