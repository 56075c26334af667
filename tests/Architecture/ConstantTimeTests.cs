namespace IotAttest.Architecture.Tests;

/// <summary>What a stranger may guess is compared in constant time: the time that an answer takes tells nothing of how much was right.</summary>
public sealed class ConstantTimeTests
{
    // Where strangers are answered. The command line compares what its user has in hand.
    private static readonly string[] Folders = ["verifier/Service/", "verifier/Mqtt/", "verifier/Domain/"];

    [Theory]
    [InlineData("verifier/Service/Mqtt/BoardHandler.cs", "CredentialHash")]
    [InlineData("verifier/Service/Cluster/BoardAccess.cs", "CredentialHash")]
    [InlineData("verifier/Service/Cluster/AccessSecret.cs", "guess")]
    [InlineData("verifier/Service/Access/AccessTokens.cs", "Hash")]
    [InlineData("verifier/Service/Access/Sessions/FormTokens.cs", "token")]
    [InlineData("verifier/Service/Access/CodeFlow/PendingSignIns.cs", "seen")]
    [InlineData("verifier/Service/Access/CodeFlow/IdTokenRules.cs", "seen")]
    [InlineData("verifier/Service/Devices/DeviceEntry.cs", "KeyMaterial")]
    [InlineData("verifier/Service/Devices/DeviceEntry.cs", "CredentialHash")]
    [InlineData("verifier/Service/Devices/DeviceRekey.cs", "KeyMark")]
    [InlineData("verifier/Service/Devices/DeviceRekey.cs", "CredentialHash")]
    [InlineData("verifier/Service/Devices/EnrolmentComparison.cs", "KeyMark")]
    [InlineData("verifier/Service/Devices/EnrolmentComparison.cs", "CredentialHash")]
    [InlineData("verifier/Domain/Cose/HmacSha256Tag.cs", "tag")]
    [InlineData("verifier/Domain/Freshness/ChallengeKey.cs", "mac")]
    public void Credentials_tokens_and_tags_are_compared_in_constant_time(string file, string name) =>
        Assert.True(SecretComparisons.IsFixedTime(Read(file), name), $"{file} compares no {name} with CryptographicOperations.FixedTimeEquals");

    [Fact]
    public void Nothing_that_is_named_as_a_secret_is_compared_in_another_way() =>
        Assert.Empty(
            from file in Checkout.Files
            where file.EndsWith(".cs", StringComparison.Ordinal) && Folders.Any(folder => file.StartsWith(folder, StringComparison.Ordinal))
            from found in SecretComparisons.In(Read(file))
            select $"{file}: {found}");

    [Theory]
    [InlineData("hash.AsSpan().SequenceEqual(device.CredentialHash)", true)]
    [InlineData("device.CredentialHash.SequenceEqual(hash)", true)]
    [InlineData("device?.CredentialHash.AsSpan().SequenceEqual(hash)", true)]
    [InlineData("(device?.CredentialHash ?? Nobody).SequenceEqual(hash)", true)]
    [InlineData("MemoryExtensions.SequenceEqual(hash, stored.CredentialHash[..8])", true)]
    [InlineData("request.Password!.Value.Span.SequenceEqual(known)", true)]
    [InlineData("secret.Value == guess", true)]
    [InlineData("guess != secret", true)]
    [InlineData("string.Equals(guess, _secret, StringComparison.Ordinal)", true)]
    [InlineData("operatorToken == given", true)]
    [InlineData("TokenOf(id) == token", true)]
    [InlineData("Convert.ToHexString(entry.KeyMaterial) == text", true)]
    [InlineData("DeviceCredential.HashOf(text).SequenceEqual(other)", true)]
    [InlineData("credential?.AsSpan().SequenceEqual(other)", true)]
    [InlineData("credential?.Equals(other)", true)]
    [InlineData("CryptographicOperations.FixedTimeEquals(hash, device.CredentialHash)", false)]
    [InlineData("secret.Length == HmacDeviceKey.SecretBytes", false)]
    [InlineData("credential == null", false)]
    [InlineData("token.StartsWith('a')", false)]
    [InlineData("options.CredentialFile == path", false)]
    [InlineData("state.EvidenceHash.AsSpan().SequenceEqual(hash)", false)]
    [InlineData("jwt.TokenId == id", false)]
    [InlineData("caller.Token == name", false)]
    public void A_comparison_is_judged_by_what_it_compares(string expression, bool isFound) =>
        Assert.Equal(isFound, SecretComparisons.In($"class C {{ bool M() => {expression}; }}").Any());

    private static string Read(string file) => File.ReadAllText(Path.Combine(Checkout.Root, file));
}
