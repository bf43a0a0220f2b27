using RnnTrain.Runs;

namespace RnnTrain.Tests.Runs;

public sealed class GitCommitTests : IDisposable
{
    private static readonly string Commit = new('c', 40);

    private readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Dispose();

    private void Put(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(temporary[file])!);
        File.WriteAllText(temporary[file], text);
    }

    [Fact]
    public void A_detached_head_is_its_own_commit()
    {
        Put(".git/HEAD", Commit + "\n");
        Assert.Equal(Commit, GitCommit.Find(temporary.Path));
    }

    [Fact]
    public void A_branch_is_followed_from_a_folder_below()
    {
        Put(".git/HEAD", "ref: refs/heads/main\n");
        Put(".git/refs/heads/main", Commit + "\n");
        Put("src/deep/file", "");
        Assert.Equal(Commit, GitCommit.Find(temporary["src/deep"]));
    }

    [Fact]
    public void A_packed_branch_is_found()
    {
        Put(".git/HEAD", "ref: refs/heads/main\n");
        Put(".git/packed-refs", $"# pack-refs with: peeled\n{new string('d', 40)} refs/heads/other/main\n{Commit} refs/heads/main\n");
        Assert.Equal(Commit, GitCommit.Find(temporary.Path));
    }

    [Fact]
    public void A_work_tree_keeps_its_branches_in_the_common_folder()
    {
        Put("tree/.git", "gitdir: ../main/.git/worktrees/tree\n");
        Put("main/.git/worktrees/tree/HEAD", "ref: refs/heads/topic\n");
        Put("main/.git/worktrees/tree/commondir", "../..\n");
        Put("main/.git/refs/heads/topic", Commit + "\n");
        Assert.Equal(Commit, GitCommit.Find(temporary["tree"]));
    }

    [Fact]
    public void A_branch_without_a_commit_has_none()
    {
        Put(".git/HEAD", "ref: refs/heads/main\n");
        Assert.Null(GitCommit.Find(temporary.Path));
    }
}
