using RnnTrain.Configuration;

namespace RnnTrain.Tasks;

/// <summary>Where a conditional random field keeps to the tagging scheme of the labels.</summary>
public enum TagConstraints
{
    [Describe("Nowhere: the answers may break the scheme.")]
    None,

    [Describe("In the answers, which never break it.")]
    Answers,

    [Describe("In the loss too: the network then learns no scores of transitions that never occur.")]
    Training,
}
