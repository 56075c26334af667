namespace IotAttest.Domain.Evidence;

/// <summary>Why evidence was refused. A refusal never changes the last verdict. Numbers are stable; new ones go to the end.</summary>
public enum RefusalCode
{
    /// <summary>The bytes are not evidence of this profile (HTTP 400).</summary>
    Malformed = 1,

    /// <summary>The MAC or the signature does not hold (HTTP 401).</summary>
    BadSignature = 2,

    /// <summary>Key id, key kind, UEID or topic do not belong together (HTTP 403).</summary>
    IdentityMismatch = 3,

    /// <summary>No enrolled board has this key id (HTTP 404).</summary>
    UnknownKey = 4,

    /// <summary>The nonce was spent before (HTTP 409).</summary>
    NonceUsed = 5,

    /// <summary>More bytes than the profile allows (HTTP 413).</summary>
    TooLarge = 6,

    /// <summary>The nonce is too old, from the future, of another board, or not of this verifier (HTTP 422).</summary>
    NonceNotFresh = 7,

    /// <summary>More requests than one address may send (HTTP 429).</summary>
    TooMany = 8,

    /// <summary>An MQTT PUBLISH carried RETAIN: what a broker keeps is replay by design (HTTP has no such case).</summary>
    Retained = 9,

    /// <summary>The media type is not application/eat+cwt (HTTP 415).</summary>
    WrongMediaType = 10,
}
