namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A module whose <c>call</c> runs hooks before and after <c>forward</c>.</summary>
        public class HookableModule<TPreHook, TPostHook> : Module
        {
            private readonly OrderedDictionary<string, TPreHook> _preHooks = [];
            private readonly OrderedDictionary<string, TPostHook> _postHooks = [];
            private readonly OrderedDictionary<string, Action<Module>> _modulePreHooks = [];
            private readonly OrderedDictionary<string, Action<Module>> _modulePostHooks = [];
            private int _hooksMade;

            /// <summary>Starts a module without hooks.</summary>
            protected HookableModule(string name) : base(name) { }

            /// <summary>Runs a hook after each <c>forward</c>; a result it returns takes the place of the module's.</summary>
            public HookRemover register_forward_hook(TPostHook hook) => Add(_postHooks, hook);

            /// <summary>Runs a hook before each <c>forward</c>; an input it returns takes the place of the caller's.</summary>
            public HookRemover register_forward_pre_hook(TPreHook hook) => Add(_preHooks, hook);

            /// <summary>Runs a hook after each <c>forward</c>.</summary>
            public HookRemover register_forward_hook(Action<Module> hook) => Add(_modulePostHooks, hook);

            /// <summary>Runs a hook before each <c>forward</c>.</summary>
            public HookRemover register_forward_pre_hook(Action<Module> hook) => Add(_modulePreHooks, hook);

            internal IEnumerable<TPreHook> BeforeForward()
            {
                foreach (var hook in _modulePreHooks.Values) hook(this);
                return _preHooks.Values;
            }

            internal IEnumerable<TPostHook> AfterForward => _postHooks.Values;

            internal void Finish()
            {
                foreach (var hook in _modulePostHooks.Values) hook(this);
            }

            internal bool HasHooks => _hooksMade > 0;

            private HookRemover Add<THook>(OrderedDictionary<string, THook> hooks, THook hook)
            {
                var key = (++_hooksMade).ToString(System.Globalization.CultureInfo.InvariantCulture);
                hooks.Add(key, hook);
                return new HookRemover(this, key);
            }

            private void Remove(string key)
            {
                _preHooks.Remove(key);
                _postHooks.Remove(key);
                _modulePreHooks.Remove(key);
                _modulePostHooks.Remove(key);
            }

            /// <summary>Takes one hook away again.</summary>
            public class HookRemover
            {
                private readonly HookableModule<TPreHook, TPostHook> _module;
                private readonly string _key;

                /// <summary>For the hook that <paramref name="module"/> keeps under <paramref name="key"/>.</summary>
                public HookRemover(HookableModule<TPreHook, TPostHook> module, string key)
                {
                    _module = module;
                    _key = key;
                }

                /// <summary>Takes the hook away.</summary>
                public void remove() => _module.Remove(_key);
            }
        }
    }
}
