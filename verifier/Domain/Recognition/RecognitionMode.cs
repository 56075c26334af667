namespace IotAttest.Domain.Recognition;

/// <summary>What a rule gives.</summary>
public enum RecognitionMode
{
    /// <summary>The other side counts the certificate as its own, without an application.</summary>
    Deemed = 1,

    /// <summary>The other side still wants an application, which is shorter. Never the same as recognised.</summary>
    Streamlined = 2,
}
