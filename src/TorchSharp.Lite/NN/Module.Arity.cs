namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A module of one argument.</summary>
        public abstract class Module<T, TResult>
            : HookableModule<Func<Module<T, TResult>, T, T>, Func<Module<T, TResult>, T, TResult, TResult>>,
              IModule<T, TResult>
        {
            /// <summary>Starts a module without components.</summary>
            protected Module(string name) : base(name) { }

            /// <summary>Computes the module's function, without hooks.</summary>
            public abstract TResult forward(T input);

            /// <summary>Computes the module's function between its hooks.</summary>
            public TResult call(T input)
            {
                if (!HasHooks) return forward(input);
                foreach (var hook in BeforeForward())
                    if (hook(this, input) is { } changed) input = changed;
                var result = forward(input);
                foreach (var hook in AfterForward)
                    if (hook(this, input, result) is { } changed) result = changed;
                Finish();
                return result;
            }
        }

        /// <summary>A module of two arguments.</summary>
        public abstract class Module<T1, T2, TResult>
            : HookableModule<Func<Module<T1, T2, TResult>, T1, T2, (T1, T2)?>, Func<Module<T1, T2, TResult>, T1, T2, TResult, TResult>>,
              IModule<T1, T2, TResult>
        {
            /// <summary>Starts a module without components.</summary>
            protected Module(string name) : base(name) { }

            /// <summary>Computes the module's function, without hooks.</summary>
            public abstract TResult forward(T1 input1, T2 input2);

            /// <summary>Computes the module's function between its hooks.</summary>
            public TResult call(T1 input1, T2 input2)
            {
                if (!HasHooks) return forward(input1, input2);
                foreach (var hook in BeforeForward())
                    if (hook(this, input1, input2) is { } changed) (input1, input2) = changed;
                var result = forward(input1, input2);
                foreach (var hook in AfterForward)
                    if (hook(this, input1, input2, result) is { } changed) result = changed;
                Finish();
                return result;
            }
        }

        /// <summary>A module of three arguments.</summary>
        public abstract class Module<T1, T2, T3, TResult>
            : HookableModule<
                Func<Module<T1, T2, T3, TResult>, T1, T2, T3, (T1, T2, T3)?>,
                Func<Module<T1, T2, T3, TResult>, T1, T2, T3, TResult, TResult>>,
              IModule<T1, T2, T3, TResult>
        {
            /// <summary>Starts a module without components.</summary>
            protected Module(string name) : base(name) { }

            /// <summary>Computes the module's function, without hooks.</summary>
            public abstract TResult forward(T1 input1, T2 input2, T3 input3);

            /// <summary>Computes the module's function between its hooks.</summary>
            public TResult call(T1 input1, T2 input2, T3 input3)
            {
                if (!HasHooks) return forward(input1, input2, input3);
                foreach (var hook in BeforeForward())
                    if (hook(this, input1, input2, input3) is { } changed) (input1, input2, input3) = changed;
                var result = forward(input1, input2, input3);
                foreach (var hook in AfterForward)
                    if (hook(this, input1, input2, input3, result) is { } changed) result = changed;
                Finish();
                return result;
            }
        }

        /// <summary>A module of four arguments.</summary>
        public abstract class Module<T1, T2, T3, T4, TResult>
            : HookableModule<
                Func<Module<T1, T2, T3, T4, TResult>, T1, T2, T3, T4, (T1, T2, T3, T4)?>,
                Func<Module<T1, T2, T3, T4, TResult>, T1, T2, T3, T4, TResult, TResult>>,
              IModule<T1, T2, T3, T4, TResult>
        {
            /// <summary>Starts a module without components.</summary>
            protected Module(string name) : base(name) { }

            /// <summary>Computes the module's function, without hooks.</summary>
            public abstract TResult forward(T1 input1, T2 input2, T3 input3, T4 input4);

            /// <summary>Computes the module's function between its hooks.</summary>
            public TResult call(T1 input1, T2 input2, T3 input3, T4 input4)
            {
                if (!HasHooks) return forward(input1, input2, input3, input4);
                foreach (var hook in BeforeForward())
                    if (hook(this, input1, input2, input3, input4) is { } changed) (input1, input2, input3, input4) = changed;
                var result = forward(input1, input2, input3, input4);
                foreach (var hook in AfterForward)
                    if (hook(this, input1, input2, input3, input4, result) is { } changed) result = changed;
                Finish();
                return result;
            }
        }
    }
}
