using System.Text;
using IotAttest.Service.Storage;
using IotAttest.Service.Storage.Backups;

namespace IotAttest.Service.Tests;

/// <summary>A restore that is refused leaves the machine as it was.</summary>
public sealed class RefusedRestoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iotattest-test-").FullName;

    private string Target => Path.Combine(_folder, "data");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("")]
    [InlineData("no archive")]
    public void A_folder_that_was_not_there_is_not_there_afterwards_nor_the_one_above_it(string content)
    {
        string deep = Path.Combine(_folder, "above", "data");

        Assert.Throws<StoreException>(() => StoreRestore.Read(Backup(content), deep));

        Assert.False(Directory.Exists(Path.Combine(_folder, "above")));
    }

    [Fact]
    public void An_empty_folder_stays_and_stays_empty()
    {
        Directory.CreateDirectory(Target);

        Assert.Throws<StoreException>(() => StoreRestore.Read(Backup("no archive"), Target));

        Assert.Empty(Directory.GetFileSystemEntries(Target));
    }

    [Theory]
    [InlineData("iotattest.db")]
    [InlineData("lock")]
    [InlineData("somebody's letter")]
    public void What_lay_there_is_all_that_lies_there(string name)
    {
        Directory.CreateDirectory(Target);
        File.WriteAllText(Path.Combine(Target, name), "mine");

        Assert.Throws<StoreException>(() => StoreRestore.Read(Backup("no archive"), Target));

        Assert.Equal([name], Directory.GetFileSystemEntries(Target).Select(Path.GetFileName));
        Assert.Equal("mine", File.ReadAllText(Path.Combine(Target, name)));
    }

    [Fact]
    public async Task After_a_refusal_the_right_backup_goes_into_the_same_place()
    {
        string backup = Path.Combine(_folder, "right.tar");
        await using (VerifierUnderTest verifier = await VerifierUnderTest.StartAsync(change: options => options with { Database = null }))
        {
            StoreBackup.Write(verifier.DataDirectory, backup, withKeys: true, DateTimeOffset.UtcNow);
        }

        byte[] half = (await File.ReadAllBytesAsync(backup))[..20_000];
        string damaged = Path.Combine(_folder, "half.tar");
        await File.WriteAllBytesAsync(damaged, half);
        Assert.Throws<StoreException>(() => StoreRestore.Read(damaged, Target));
        Assert.False(Directory.Exists(Target));

        StoreRestore.Read(backup, Target);

        Assert.True(File.Exists(Path.Combine(Target, "iotattest.db")));
    }

    // Long enough for a header of an archive, which it is not.
    private string Backup(string content)
    {
        string path = Path.Combine(_folder, "backup.tar");
        File.WriteAllBytes(path, Encoding.ASCII.GetBytes(content.PadRight(content.Length == 0 ? 0 : 2048, 'x')));
        return path;
    }
}
