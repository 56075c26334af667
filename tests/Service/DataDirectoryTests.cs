using System.Runtime.Versioning;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Tests;

public sealed class DataDirectoryTests : IDisposable
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _folder = Directory.CreateTempSubdirectory("iotattest-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Two_verifiers_never_share_a_data_directory()
    {
        using DataDirectory first = new(_folder);

        StoreException refused = Assert.Throws<StoreException>(() => new DataDirectory(_folder));

        Assert.Contains("in use by another verifier", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_next_verifier_gets_the_directory_when_the_first_is_done()
    {
        new DataDirectory(_folder).Dispose();

        using DataDirectory second = new(_folder);

        Assert.Equal(_folder, second.Root);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Everything_in_the_data_directory_is_for_its_owner_alone_also_after_a_start_on_loose_modes()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        AssertPrivate(verifier.DataDirectory);

        await verifier.StopAsync();
        const UnixFileMode everybody = (UnixFileMode)0b110_110_110;
        foreach (string file in Directory.GetFiles(verifier.DataDirectory))
        {
            File.SetUnixFileMode(file, everybody);
        }

        File.SetUnixFileMode(verifier.DataDirectory, (UnixFileMode)0b111_111_111);
        await verifier.StartAgainAsync();

        AssertPrivate(verifier.DataDirectory);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void A_folder_that_holds_more_than_a_verifiers_data_keeps_its_mode_and_so_do_the_other_files()
    {
        const UnixFileMode readable = (UnixFileMode)0b111_101_101;
        string other = Path.Combine(_folder, "notes.txt");
        File.WriteAllText(other, "x");
        File.WriteAllText(Path.Combine(_folder, "secrets.key"), "x");
        foreach (string path in new[] { other, Path.Combine(_folder, "secrets.key"), _folder })
        {
            File.SetUnixFileMode(path, readable);
        }

        using DataDirectory directory = new(_folder);

        Assert.Equal((readable, readable), (File.GetUnixFileMode(_folder), File.GetUnixFileMode(other)));
        Assert.Equal(Owner, File.GetUnixFileMode(Path.Combine(_folder, "secrets.key")));
    }

    [UnsupportedOSPlatform("windows")]
    private static void AssertPrivate(string folder)
    {
        Assert.Equal(Owner | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        Assert.All(Directory.GetFiles(folder), file => Assert.True(File.GetUnixFileMode(file) == Owner, $"{Path.GetFileName(file)} is {File.GetUnixFileMode(file)}"));
    }
}
