using System.Security.Cryptography;
using IotAttest.Domain.Cose;

namespace IotAttest.Cli.Tests.Making;

public sealed class KeyNewTests : IDisposable
{
    private readonly CommandLine _line = new();

    public void Dispose() => _line.Dispose();

    [Fact]
    public async Task A_new_key_has_a_private_file_for_its_owner_alone_and_a_public_one_beside_it()
    {
        CommandResult result = (await _line.RunAsync("key", "new", "--type", "es256", "--out", "@k.pem")).Ended(0);

        using ECDsa privateKey = ECDsa.Create();
        privateKey.ImportFromPem(File.ReadAllText(_line.PathOf("k.pem")));
        using ECDsa publicKey = ECDsa.Create();
        publicKey.ImportFromPem(File.ReadAllText(_line.PathOf("k.pub.pem")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_line.PathOf("k.pem")));
        Assert.StartsWith("-----BEGIN PUBLIC KEY-----", File.ReadAllText(_line.PathOf("k.pub.pem")), StringComparison.Ordinal);
        Assert.Equal(Kid.OfKey(privateKey), Kid.OfKey(publicKey));
        Assert.Contains(Kid.OfKey(publicKey).ToString(), result.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("k.pem")]
    [InlineData("k.pub.pem")]
    public async Task A_file_that_exists_is_not_replaced(string taken)
    {
        _line.Write(taken, "precious");

        CommandResult result = (await _line.RunAsync("key", "new", "--out", "@k.pem")).Ended(2);

        Assert.Equal("precious", File.ReadAllText(_line.PathOf(taken)));
        Assert.Contains("--force", result.Error, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(_line.Folder));
    }

    [Fact]
    public async Task With_force_it_is_replaced_and_an_open_mode_does_not_stay()
    {
        File.SetUnixFileMode(_line.Write("k.pem", "old"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        (await _line.RunAsync("key", "new", "--out", "@k.pem", "--force")).Ended(0);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_line.PathOf("k.pem")));
        Assert.Contains("PRIVATE KEY", File.ReadAllText(_line.PathOf("k.pem")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_names_key_id_and_files_and_never_the_key()
    {
        CommandResult result = (await _line.RunAsync("key", "new", "--out", "@k.pem", "--json")).Ended(0);

        Assert.Equal(_line.PathOf("k.pub.pem"), result.Json.GetProperty("publicKey").GetString());
        Assert.Equal(16, result.Json.GetProperty("kid").GetString()!.Length);
        Assert.DoesNotContain("BEGIN", result.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("key", "new")]
    [InlineData("key", "new", "--type", "rsa", "--out", "@k.pem")]
    [InlineData("key")]
    [InlineData("nonsense")]
    [InlineData]
    public async Task A_line_that_is_not_complete_is_wrong_usage(params string[] words)
    {
        CommandResult result = (await _line.RunAsync(words)).Ended(2);

        Assert.StartsWith("error: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("--help", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Out);
        Assert.Empty(Directory.GetFiles(_line.Folder));
    }

    [Fact]
    public async Task A_folder_that_does_not_exist_is_wrong_usage() =>
        (await _line.RunAsync("key", "new", "--out", "@nowhere/k.pem")).Ended(2);
}
