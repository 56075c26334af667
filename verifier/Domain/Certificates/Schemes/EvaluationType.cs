namespace IotAttest.Domain.Certificates.Schemes;

/// <summary>How a level's conformity is assessed.</summary>
public enum EvaluationType
{
    /// <summary>The manufacturer declares it.</summary>
    SelfDeclared = 1,

    /// <summary>The manufacturer declares it and the body examines the declaration.</summary>
    Reviewed = 2,

    /// <summary>A laboratory tests it.</summary>
    ThirdParty = 3,
}
