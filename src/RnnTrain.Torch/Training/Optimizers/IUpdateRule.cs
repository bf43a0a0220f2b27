using System.Runtime.Intrinsics;

namespace RnnTrain.Training.Optimizers;

/// <summary>What a step does to a few weights and to what is remembered of them; the numbers of the step are its fields.</summary>
public interface IUpdateRule
{
    /// <summary>The new weights.</summary>
    /// <param name="w">The weights.</param>
    /// <param name="g">Their gradient as the backward pass left it.</param>
    /// <param name="first">The first buffer, before → after; zeros that nobody keeps where the rule has none.</param>
    /// <param name="second">The second.</param>
    /// <param name="third">The third.</param>
    Vector512<float> Update(Vector512<float> w, Vector512<float> g, ref Vector512<float> first, ref Vector512<float> second, ref Vector512<float> third);
}
