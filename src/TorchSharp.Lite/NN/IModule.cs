namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A module of one argument.</summary>
        public interface IModule<T, TResult>
        {
            /// <summary>Runs the module and its hooks.</summary>
            TResult call(T input1);
        }

        /// <summary>A module of two arguments.</summary>
        public interface IModule<T1, T2, TResult>
        {
            /// <summary>Runs the module and its hooks.</summary>
            TResult call(T1 input1, T2 input2);
        }

        /// <summary>A module of three arguments.</summary>
        public interface IModule<T1, T2, T3, TResult>
        {
            /// <summary>Runs the module and its hooks.</summary>
            TResult call(T1 input1, T2 input2, T3 input3);
        }

        /// <summary>A module of four arguments.</summary>
        public interface IModule<T1, T2, T3, T4, TResult>
        {
            /// <summary>Runs the module and its hooks.</summary>
            TResult call(T1 input1, T2 input2, T3 input3, T4 input4);
        }
    }
}
