using System.Buffers.Text;

using IotAttest.Simulator;

namespace IotAttest.Agent.Tests;

/// <summary>What the factory gives a board.</summary>
public sealed class IdentityTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iotattest-identity").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(BoardKeyType.Hmac)]
    [InlineData(BoardKeyType.P256)]
    public void An_identity_comes_back_from_its_folder_as_it_was(BoardKeyType keyType)
    {
        BoardIdentity made = BoardIdentity.Create(keyType);

        made.Save(_folder);
        BoardIdentity? loaded = BoardIdentity.Load(_folder);

        Assert.Equal(made.UeidHex, loaded?.UeidHex);
        Assert.Equal(made.Credential, loaded?.Credential);
        Assert.Equal(made.HmacKey, loaded?.HmacKey);
        Assert.Equal(made.PrivateKeyPem, loaded?.PrivateKeyPem);
        Assert.Equal(keyType, loaded?.KeyType);
    }

    [Fact]
    public void Two_identities_share_nothing_but_the_type_byte_of_their_ueid()
    {
        BoardIdentity one = BoardIdentity.Create(BoardKeyType.Hmac);
        BoardIdentity other = BoardIdentity.Create(BoardKeyType.Hmac);

        Assert.Equal((17, 1, 1), (one.Ueid.Length, (int)one.Ueid[0], (int)other.Ueid[0]));
        Assert.NotEqual(one.UeidHex, other.UeidHex);
        Assert.NotEqual(one.HmacKey, other.HmacKey);
        Assert.NotEqual(one.Credential, other.Credential);
        Assert.Equal(32, Base64Url.DecodeFromChars(one.Credential).Length);
    }

    [Fact]
    public void Only_the_owner_may_read_the_file_with_the_key()
    {
        BoardIdentity.Create(BoardKeyType.Hmac).Save(_folder);

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_folder, "identity.json")));
        }
    }

    [Fact]
    public void A_folder_without_identity_yields_none() => Assert.Null(BoardIdentity.Load(_folder));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"Ueid\":\"02\",\"Credential\":\"x\",\"HmacKey\":\"AAAA\"}")]
    public void A_damaged_file_is_a_fault_that_names_the_file(string content)
    {
        File.WriteAllText(Path.Combine(_folder, "identity.json"), content);

        InvalidDataException fault = Assert.Throws<InvalidDataException>(() => BoardIdentity.Load(_folder));

        Assert.Contains("identity.json", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_board_has_exactly_one_key()
    {
        Assert.Throws<ArgumentException>(() => BoardIdentity.Of(new string('0', 34), "credential", null, null));
        Assert.Throws<ArgumentException>(() => BoardIdentity.Of(new string('0', 34), "credential", new byte[31], null));
        Assert.Throws<ArgumentException>(() => BoardIdentity.Of(new string('0', 34), "credential", new byte[32], "pem"));
    }
}
