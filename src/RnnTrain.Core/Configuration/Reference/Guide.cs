namespace RnnTrain.Configuration.Reference;

/// <summary>The part of docs/CONFIGURATION.md that is prose.</summary>
internal static class Guide
{
    public const string Text =
        """
        # Configuration

        Generated from the options records by the test that holds it up to date; do not edit.

        One file says everything that decides a result: `rnn train config.yaml`. It is YAML 1.2 or JSON. `rnn check
        config.yaml` finds every mistake without training, and names each with file, line and column. The run folder keeps the
        file as it was understood, with every default filled in.

        ## Values

        - Keys are in snake_case. An unknown key, a key given twice, and a missing key without a default are mistakes.
        - `5` is a number and `"5"` is text. Booleans are `true` and `false`; `yes` and `no` are text. Numbers are decimal:
          `20`, `0.5`, `1e-3`.
        - Text needs quotes only where YAML would read something else: `null`, an empty text, a text with `: ` or ` #`, or one
          that begins with a character such as `*`, `[` or `{`.
        - Where a list of texts is wanted, one text may stand alone: `train: a.txt` is `train: [a.txt]`.
        - A component is a block whose `type` says which one: `cell: {type: lstm}`. With nothing but the type, `cell: lstm` is
          the same.
        - A key that accepts null is switched off by it: `clip_norm: null`.
        - Anchors, aliases, tags and several documents in a file are not read.

        ## One file extends another

        `extends: base.yaml`, at the top of a file, reads the other file first; its path is seen from the folder of the file
        that extends it. Then:

        - blocks are merged key by key, however deep;
        - single values and lists are replaced;
        - a component whose `type` changes is replaced whole, since the keys of one component mean nothing to another.

        A file that is extended may extend a further one.

        ## On the command line

        `--set training.optimizer.learning_rate=0.5` replaces one value, and may be given several times; a later one wins. The
        value is read as YAML, so lists and blocks can be written too: `--set data.train=[a.txt,b.txt]`,
        `--set "training.optimizer={type: adam, learning_rate: 0.001}"`. A block that is not in the file is created. The rules
        are those of `extends`: `--set model.cell.type=gru` replaces the whole cell.

        ## Environment variables

        In any value, `${NAME}` stands for an environment variable, and `${NAME:-default}` for the default where it is unset
        or empty. A variable that is not set and has no default is a mistake. `$${` stands for a plain `${`. Inside brackets
        and braces, YAML wants quotes around it: `["${NAME}"]`. Variables are put in after `extends` and `--set` were merged,
        and before values are read: `epochs: ${EPOCHS:-3}` is a number.

        ## Data root

        Relative data paths start at the data root: `--data-root FOLDER`, else the environment variable `RNN_DATA`, else the
        folder `data`.

        ## What may change when a run is resumed

        `rnn train config.yaml --resume` goes on with the run's own weights and optimizer. These keys may have changed; the
        change is noted in the log. A change of any other is refused with its name.


        """;
}
