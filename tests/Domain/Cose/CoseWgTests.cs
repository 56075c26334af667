using IotAttest.Domain.Cose;
using IotAttest.Protocol;
using IotAttest.Support;

namespace IotAttest.Domain.Tests.Cose;

public sealed class CoseWgTests
{
    // Marked as good by the list, refused here on purpose: algorithm outside the product's three (or in the wrong map), tag absent.
    private static readonly string[] OtherAlgorithm =
    [
        "CWT/A_4", "CWT/A_7", "RFC8152/Appendix_C_6_1", "ecdsa-examples/ecdsa-sig-02", "ecdsa-examples/ecdsa-sig-03", "ecdsa-examples/ecdsa-sig-04",
        "eddsa-examples/eddsa-sig-01", "eddsa-examples/eddsa-sig-02", "hashsig/hsssig-sig-01",
        "hmac-examples/HMac-enc-02", "hmac-examples/HMac-enc-03", "hmac-examples/HMac-enc-05",
    ];

    private static readonly string[] AlgorithmUnprotected =
        ["sign1-tests/sign-pass-01", "mac0-tests/mac-pass-01", "mac0-tests/mac-pass-02", "mac0-tests/mac-pass-03"];

    private static readonly string[] Untagged = ["sign1-tests/sign-pass-03", "mac0-tests/mac-pass-03"];

    [RequiresSharedDataFact("vectors/cose-wg-examples")]
    public void Sign1_and_Mac0_cases_hold_as_marked()
    {
        CoseCase[] cases = [.. CoseCase.LoadAll().Where(item => item.IsSign1 || item.IsMac0)];

        foreach (CoseCase item in cases)
        {
            bool holds = CoseMessage.TryDecode(item.Message, CoseLimits.Tolerant, out CoseMessage? message, out _) && item.Verify(message);
            bool expected = !item.MustFail && !OtherAlgorithm.Contains(item.Name) && !AlgorithmUnprotected.Contains(item.Name) && !Untagged.Contains(item.Name);

            Assert.True(holds == expected, item.Name);
        }

        Assert.Equal(36, cases.Length);
        Assert.Equal(13, cases.Count(item => item.MustFail));
    }

    [RequiresSharedDataFact("vectors/cose-wg-examples")]
    public void Messages_without_a_tag_are_refused_and_verify_once_the_context_gives_it()
    {
        foreach (CoseCase item in CoseCase.LoadAll().Where(item => Untagged.Contains(item.Name)))
        {
            byte[] tagged = [item.IsSign1 ? (byte)0xd2 : (byte)0xd1, .. item.Message];

            Assert.False(CoseMessage.TryDecode(item.Message, CoseLimits.Tolerant, out _, out DecodeStatus status));
            Assert.Equal(DecodeStatus.WrongTag, status);
            Assert.True(CoseMessage.TryDecode(tagged, CoseLimits.Tolerant, out CoseMessage? message, out _));
            Assert.True(item.Verify(message) || VerifyStructure(item, message), item.Name);
        }
    }

    [RequiresSharedDataFact("vectors/cose-wg-examples")]
    public void An_algorithm_in_the_unprotected_map_never_verifies_though_the_empty_protected_map_is_normalised()
    {
        foreach (CoseCase item in CoseCase.LoadAll().Where(item => AlgorithmUnprotected.Contains(item.Name) && !Untagged.Contains(item.Name)))
        {
            Assert.True(CoseMessage.TryDecode(item.Message, CoseLimits.Tolerant, out CoseMessage? message, out _));

            Assert.Equal(CoseAlgorithm.None, message.Headers.Algorithm);
            Assert.True(VerifyStructure(item, message), item.Name);
        }
    }

    [RequiresSharedDataFact("vectors/cose-wg-examples")]
    public void Sign_Mac_and_Encrypt_messages_have_the_wrong_tag()
    {
        CoseCase[] others = [.. CoseCase.LoadAll().Where(item => !item.IsSign1 && !item.IsMac0)];

        foreach (CoseCase item in others)
        {
            CoseMessage.TryDecode(item.Message, CoseLimits.Tolerant, out _, out DecodeStatus status);

            Assert.True(status == DecodeStatus.WrongTag, $"{item.Name}: {status}");
        }

        Assert.Equal(44, others.Length);
    }

    [RequiresSharedDataFact("vectors/cose-wg-examples")]
    public void Every_truncation_of_every_good_message_is_refused()
    {
        foreach (CoseCase item in CoseCase.LoadAll().Where(item => (item.IsSign1 || item.IsMac0) && !item.MustFail && !Untagged.Contains(item.Name)))
        {
            for (int length = 0; length < Math.Min(item.Message.Length, 400); length++)
            {
                Assert.False(CoseMessage.TryDecode(item.Message.AsMemory(0, length), CoseLimits.Tolerant, out _, out DecodeStatus status));
                Assert.True(status is DecodeStatus.Truncated or DecodeStatus.WrongTag, $"{item.Name} {length}: {status}");
            }
        }
    }

    // The mathematics of the product below its rule that the algorithm must be protected.
    private static bool VerifyStructure(CoseCase item, CoseMessage message) => item.IsSign1
        ? CoseStructure.VerifySignature(item.PublicKey()!, message.ProtectedBytes.Span, item.ExternalAad, message.Payload.Span, message.Signature.Span)
        : CoseStructure.VerifyTag(item.HmacKey(), message.ProtectedBytes.Span, item.ExternalAad, message.Payload.Span, message.Signature.Span);
}
