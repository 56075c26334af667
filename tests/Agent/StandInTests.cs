extern alias board;

using System.Reflection;
using System.Security.Cryptography;

using IotAttest.Support;

using nanoFramework.M2Mqtt;

using BoardHmac = board::System.Security.Cryptography.HMACSHA256;

namespace IotAttest.Agent.Tests;

/// <summary>The stand-ins have the members of the real packages, and the traps.</summary>
public sealed class StandInTests
{
    private const string Listing = "reference/nanoframework-api.txt";

    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    [RequiresSharedDataFact(Listing)]
    public void Every_public_member_of_a_stand_in_exists_in_the_real_packages_with_the_same_type()
    {
        HashSet<string> real = [.. File.ReadLines(SharedData.PathOf(Listing)).Where(line => !line.StartsWith('#')).Select(WithoutFlags)];
        Type[] standIns = [.. typeof(MqttClient).Assembly.GetExportedTypes(), typeof(BoardHmac)];

        string[] invented = [.. standIns.SelectMany(Lines).Where(line => !real.Contains(line))];

        Assert.Empty(invented);
        Assert.True(standIns.Length >= 19, $"{standIns.Length} stand-in types seen");
    }

    [Fact]
    public void Like_the_boards_class_the_stand_in_keeps_the_callers_key_array_and_wipes_it()
    {
        byte[] key = [.. Enumerable.Range(1, 32).Select(value => (byte)value)];
        BoardHmac hmac = new(key);

        Assert.Same(key, hmac.Key);
        hmac.Dispose();

        Assert.All(key, value => Assert.Equal(0, value));
    }

    [Fact]
    public void The_agents_authenticator_leaves_the_callers_key_alone_and_outlives_changes_to_it()
    {
        byte[] key = [.. Enumerable.Range(1, 32).Select(value => (byte)value)];
        byte[] message = [1, 2, 3];
        byte[] expected = CryptographicOperations.HmacData(HashAlgorithmName.SHA256, key, message);
        byte[] tag = new byte[32];

        using (HmacAuthenticator authenticator = new(new byte[17], key))
        {
            authenticator.Authenticate(message, 0, 3, tag, 0);
            Assert.Equal(expected, tag);
        }

        Assert.Equal(1, key[0]);
    }

    [Theory]
    [InlineData(31)]
    [InlineData(33)]
    public void A_key_of_another_length_than_32_bytes_is_refused(int length) =>
        Assert.Throws<ArgumentException>(() => new HmacAuthenticator(new byte[17], new byte[length]));

    private static string WithoutFlags(string line)
    {
        int flags = line.EndsWith(']') ? line.LastIndexOf(" [", StringComparison.Ordinal) : -1;
        return flags > 0 && line[flags - 1] != ':' ? line[..flags] : line;
    }

    private static IEnumerable<string> Lines(Type type)
    {
        IEnumerable<string> methods = type.GetMethods(Declared).Where(IsVisible).Select(method => $"{Name(type)}::{method.Name}({Parameters(method)}) : {Name(method.ReturnType)}");
        IEnumerable<string> constructors = type.GetConstructors(Declared).Where(IsVisible).Select(constructor => $"{Name(type)}::.ctor({Parameters(constructor)}) : System.Void");
        IEnumerable<string> values = type.IsEnum
            ? Enum.GetNames(type).Select(name => $"{Name(type)}::{name} : {Name(type)} = {(int)Enum.Parse(type, name)}")
            : [];
        return [.. values, .. methods.Concat(constructors).Where(line => !line.Contains("::BeginInvoke(", StringComparison.Ordinal) && !line.Contains("::EndInvoke(", StringComparison.Ordinal))];
    }

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Parameters(MethodBase method) => string.Join(",", method.GetParameters().Select(parameter => Name(parameter.ParameterType)));

    private static string Name(Type type) => type.FullName!;
}
