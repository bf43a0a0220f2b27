using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Rules that change parameters by their gradients.</summary>
    public static partial class optim
    {
        /// <summary>A rule that changes parameters by their gradients.</summary>
        public abstract class Optimizer : IDisposable
        {
            private protected Optimizer() { }

            /// <summary>The groups of parameters with the learning rate of each.</summary>
            public virtual IEnumerable<ILearningRateController> ParamGroups => _parameter_groups;

            /// <summary>The groups of parameters.</summary>
            protected IList<ParamGroup> _parameter_groups = [];

            /// <summary>All parameters, group by group.</summary>
            public virtual IEnumerable<Parameter> parameters() => _parameter_groups.SelectMany(group => group.Parameters);

            /// <summary>Fills all gradients with zeros.</summary>
            public abstract void zero_grad();

            /// <summary>Changes every parameter that has a gradient.</summary>
            /// <param name="closure">Computes the loss, and the gradients with it, before the step.</param>
            /// <returns>What the closure returned, or null.</returns>
            public abstract Tensor? step(Func<Tensor>? closure = null);

            /// <summary>Adds parameters; options that the group leaves open are those given to the optimizer.</summary>
            public abstract void add_param_group(ParamGroup param_group);

            /// <summary>Frees the state; the parameters are the model's.</summary>
            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            /// <summary>Frees the state; the parameters are the model's.</summary>
            protected virtual void Dispose(bool disposing)
            {
                if (disposing) FreeStates();
            }

            private protected abstract void FreeStates();

            /// <summary>What an optimizer remembers: the options of its groups and the state of each parameter.</summary>
            public class StateDictionary
            {
                internal StateDictionary() { }

                /// <summary>The options of each group.</summary>
                public List<OptimizerOptions> Options { get; private set; } = [];

                /// <summary>The state of each parameter, group by group.</summary>
                public List<OptimizerState> State { get; private set; } = [];

                /// <summary>Which of <see cref="State"/> belong to each group.</summary>
                public List<List<int>> StateIndexRef { get; private set; } = [];
            }
        }

        /// <summary>Something that has a learning rate.</summary>
        public interface ILearningRateController
        {
            /// <summary>The rate of the next step.</summary>
            double LearningRate { set; get; }

            /// <summary>The rate at the start.</summary>
            double InitialLearningRate { set; get; }
        }

        /// <summary>Something that has a momentum.</summary>
        public interface IMomentum
        {
            /// <summary>The momentum of the next step.</summary>
            double Momentum { get; set; }
        }

        /// <summary>Something that averages gradients and their squares.</summary>
        public interface IBetas
        {
            /// <summary>How much of each average a step keeps.</summary>
            (double, double) Betas { get; set; }
        }
    }
}
