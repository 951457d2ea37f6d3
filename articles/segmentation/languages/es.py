"""Spanish."""

from articles.segmentation.languages.rules import Rules, phrases, words

RULES = Rules(
    code="es",
    titles=words(
        "sr sra sres sras srta srtas d dña dr dra dres prof profa ing lic gral cnel mons vs "
        "excmo excma p.ej"
    ),
    numbered=words(
        "pág págs p pp vol núm n art arts cap fig"
    ),
    abbreviations=words(
        "etc ud uds vd ee.uu ee uu a.c d.c s.a s.l inc ltd cía jr avda c tel tlf ene feb abr "
        "jun jul ago sept oct nov dic st sto sta aprox min seg mill ej a.m p.m cf"
    ),
    starters=words(
        "el la los las un una unos unas este esta estos estas ese esa eso esto lo su sus mi mis "
        "nuestro nuestra él ella ellos ellas yo nosotros usted ustedes pero y o si cuando como "
        "mientras aunque porque sin en a al de del con por para según desde tras durante entre "
        "hasta sobre ante también además entonces luego qué quién cómo dónde por hoy ayer "
        "mañana no ya todo todos todas algunos muchos otro otra otros ningún nada"
    ),
    common=words(
        "el la los las de del y que en un una a por con para no se su sus al lo es como más "
        "fue ha han e"
    ),
    numbers={
        "un": "1", "uno": "1", "una": "1", "dos": "2", "tres": "3", "cuatro": "4", "cinco": "5",
        "seis": "6", "siete": "7", "ocho": "8", "nueve": "9", "diez": "10", "once": "11",
        "doce": "12", "veinte": "20", "treinta": "30", "cien": "100", "mil": "1000",
    },
    boilerplate=phrases(
        alone=r"""
            (?:publicidad|anuncio|patrocinado|contenido patrocinado)
            compartir(?: (?:este|esta|el|la) (?:artículo|página|noticia))?(?: (?:en|por) \w+)?
            imprimir(?: (?:este|esta|el|la) (?:artículo|página|noticia))?(?: (?:en|por) \w+)?
            enviar(?: (?:este|esta|el|la) (?:artículo|página|noticia))?(?: (?:en|por) \w+)?
            copiar (?:el )?enlace
            (?:tiempo de lectura\W*)?\d+ min(?:utos?)?(?: de lectura)?
            (?:\d+|ningún|añadir un|ver) comentarios?
            (?:haga|haz) clic aquí
            (?:suscríbete|suscríbase|regístrate|iniciar sesión)
            todos los derechos reservados
        """,
        leading=r"""
            (?:leer|lea|lee|ver|vea)(?: más| también)?\s?:
            (?:artículos|noticias) relacionad[ao]s
            (?:foto|imagen)(?: de archivo|\s?:)
            (?:©|copyright)
            (?:síguenos|síganos) en
            (?:publicado|actualizado) (?:el|a las)\b(?=.{0,60}\d)
        """,
    ),
)  # fmt: skip
