using IotAttest.Service.Storage;

namespace IotAttest.Service.Tests;

public sealed class DataDirectoryTests : IDisposable
{
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
}
