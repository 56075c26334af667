namespace IotAttest.Service.Access.CodeFlow;

/// <summary>Why a sign-in with the issuer came to nothing.</summary>
internal enum SignInFault
{
    /// <summary>This browser did not begin it, or too long ago, or it was answered already.</summary>
    NotBegun = 1,

    /// <summary>The issuer let nobody in.</summary>
    Denied = 2,

    /// <summary>What came from the issuer does not hold.</summary>
    Refused = 3,

    /// <summary>The issuer cannot be asked.</summary>
    Away = 4,

    /// <summary>The issuer knows the person; no organisation of this verifier does.</summary>
    NoOrganisation = 5,
}
